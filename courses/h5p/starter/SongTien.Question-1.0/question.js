/**
 * What the question types of Song Tien share: buttons, feedback, results, saved state.
 *
 * A type inherits from SongTien.Question and gives:
 *   renderTask(element)      build the inputs
 *   readAnswer()             the answer as it is saved
 *   writeAnswer(answer)      put a saved answer back
 *   hasAnswer()              whether anything was given
 *   response()               the answer as xAPI writes it
 *   points(), highest()      score and highest score
 *   mark(withSolution)       show what was right and wrong
 *   unmark()                 take the marks away
 *   lock(locked)             stop or allow changes
 *   definition()             the xAPI definition of the interaction
 */
window.SongTien = window.SongTien || {};

SongTien.Question = (function () {
  var count = 0;

  function Question(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    count += 1;
    this.uid = 'st-' + contentId + '-' + count;
    this.params = params || {};
    this.behaviour = this.params.behaviour || {};
    this.l10n = this.params.l10n || {};
    this.contentId = contentId;
    this.extras = extras || {};
    this.isChecked = false;
    this.isSolved = false;
  }

  /** Text of the semantics arrives escaped; as text it must be read back. */
  Question.text = function (escaped) {
    var area = document.createElement('textarea');
    area.innerHTML = escaped === undefined || escaped === null ? '' : String(escaped);
    return area.value;
  };

  Question.element = function (tag, className, parent) {
    var element = document.createElement(tag);
    if (className) {
      element.className = className;
    }
    if (parent) {
      parent.appendChild(element);
    }
    return element;
  };

  Question.prototype = Object.create(H5P.EventDispatcher.prototype);

  Question.prototype.say = function (key, fallback) {
    return Question.text(this.l10n[key] || fallback);
  };

  Question.prototype.attach = function ($container) {
    var root = $container.get ? $container.get(0) : $container;
    root.classList.add('st-question');
    this.setActivityStarted();
    this.text = Question.element('div', 'st-text', root);
    this.text.id = this.uid + '-text';
    this.text.innerHTML = this.questionText();
    this.task = Question.element('div', 'st-task', root);
    this.renderTask(this.task);
    this.feedback = Question.element('p', 'st-feedback', root);
    this.feedback.setAttribute('role', 'status');
    this.renderButtons(Question.element('div', 'st-buttons', root));
    this.resume(this.extras.previousState);
    this.trigger('resize');
  };

  Question.prototype.questionText = function () {
    return this.params.question || '';
  };

  Question.prototype.renderButtons = function (bar) {
    this.checkButton = this.button(bar, this.say('check', 'Check'), this.check);
    this.solutionButton = this.button(bar, this.say('showSolution', 'Show solution'), this.showSolutions);
    this.retryButton = this.button(bar, this.say('retry', 'Try again'), this.retry);
    this.checkButton.classList.add('st-primary');
    this.updateButtons();
  };

  Question.prototype.button = function (bar, label, act) {
    var button = Question.element('button', 'st-button', bar);
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', act.bind(this));
    return button;
  };

  Question.prototype.updateButtons = function () {
    var full = this.isChecked && this.getScore() === this.getMaxScore();
    this.checkButton.hidden = this.isChecked || this.isSolved;
    this.solutionButton.hidden = !this.isChecked || this.isSolved || full || this.behaviour.enableSolutionsButton === false;
    this.retryButton.hidden = !(this.isChecked || this.isSolved) || full || this.behaviour.enableRetry === false;
  };

  Question.prototype.touched = function () {
    if (this.isChecked) {
      return; // Enter checks first; the field reports its change only after that
    }
    this.feedback.textContent = '';
    this.triggerXAPI('interacted');
  };

  Question.prototype.check = function () {
    if (!this.hasAnswer()) {
      this.feedback.textContent = this.say('missing', 'Give an answer first.');
      this.trigger('resize');
      return;
    }
    this.showResult();
    this.trigger(this.answered());
    this.focusNext();
  };

  Question.prototype.showResult = function () {
    this.isChecked = true;
    this.lock(true);
    this.mark(false);
    this.feedback.textContent = this.say('score', 'You got @score of @total points.')
      .replace('@score', this.getScore())
      .replace('@total', this.getMaxScore());
    this.updateButtons();
    this.trigger('resize');
  };

  /** The pressed button is gone: the focus goes to the next one, or to the result. */
  Question.prototype.focusNext = function () {
    var next = [this.retryButton, this.solutionButton].filter(function (button) {
      return !button.hidden;
    })[0];
    if (!next) {
      this.feedback.tabIndex = -1;
      next = this.feedback;
    }
    next.focus();
  };

  Question.prototype.retry = function () {
    this.resetTask();
    var first = this.task.querySelector('input');
    if (first) {
      first.focus();
    }
  };

  Question.prototype.resume = function (state) {
    if (!state || typeof state !== 'object' || state.answer === undefined) {
      return;
    }
    this.writeAnswer(state.answer);
    if (state.checked) {
      this.showResult();
    }
    if (state.solved) {
      this.showSolutions();
    }
  };

  Question.prototype.answered = function () {
    var event = this.createXAPIEventTemplate('answered');
    this.describe(event);
    return event;
  };

  Question.prototype.describe = function (event) {
    var definition = event.getVerifiedStatementValue(['object', 'definition']);
    H5P.jQuery.extend(true, definition, this.definition(), {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      description: { 'en-US': this.plainQuestion() }
    });
    var full = this.getScore() === this.getMaxScore();
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, full);
    event.data.statement.result.response = this.response();
  };

  Question.prototype.plainQuestion = function () {
    var holder = document.createElement('div');
    holder.innerHTML = this.questionText();
    return holder.textContent;
  };

  // The contract of H5P's question types, by which containers ask.

  Question.prototype.getAnswerGiven = function () {
    return this.isChecked || this.hasAnswer();
  };

  Question.prototype.getScore = function () {
    return this.points();
  };

  Question.prototype.getMaxScore = function () {
    return this.highest();
  };

  Question.prototype.showSolutions = function () {
    this.isSolved = true;
    this.lock(true);
    this.mark(true);
    this.updateButtons();
    this.trigger('resize');
  };

  Question.prototype.resetTask = function () {
    this.isChecked = false;
    this.isSolved = false;
    this.unmark();
    this.writeAnswer(null);
    this.lock(false);
    this.feedback.textContent = '';
    this.updateButtons();
    this.triggerXAPI('interacted');
    this.trigger('resize');
  };

  Question.prototype.getXAPIData = function () {
    return { statement: this.answered().data.statement };
  };

  Question.prototype.getCurrentState = function () {
    return { answer: this.readAnswer(), checked: this.isChecked, solved: this.isSolved };
  };

  Question.prototype.getTitle = function () {
    return (this.extras.metadata && this.extras.metadata.title) || this.plainQuestion().slice(0, 60);
  };

  return Question;
})();
