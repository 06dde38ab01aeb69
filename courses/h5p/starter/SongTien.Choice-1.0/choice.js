/** One or several right options. The response gives the options' original numbers, shuffled or not. */
SongTien.Choice = (function (Question) {
  function Choice(params, contentId, extras) {
    Question.call(this, params, contentId, extras);
    this.options = (this.params.answers || []).map(function (answer, index) {
      return { index: index, isRight: answer.correct === true, html: answer.text || '', comment: answer.feedback };
    });
    this.isSingle = this.takesOne();
    this.highestScore = this.isSingle || this.behaviour.singlePoint ? 1 : Math.max(1, this.rightOnes().length);
  }

  Choice.prototype = Object.create(Question.prototype);

  Choice.prototype.rightOnes = function () {
    return this.options.filter(function (option) { return option.isRight; });
  };

  Choice.prototype.takesOne = function () {
    var kind = this.behaviour.type || 'auto';
    return kind === 'single' || (kind === 'auto' && this.rightOnes().length === 1);
  };

  Choice.prototype.renderTask = function (task) {
    task.setAttribute('role', this.isSingle ? 'radiogroup' : 'group');
    task.setAttribute('aria-labelledby', this.uid + '-text');
    var shown = this.options.slice();
    if (this.behaviour.randomAnswers !== false) {
      H5P.shuffleArray(shown);
    }
    shown.forEach(this.renderOption, this);
  };

  Choice.prototype.renderOption = function (option) {
    var label = Question.element('label', 'st-option', this.task);
    var input = Question.element('input', '', label);
    input.type = this.isSingle ? 'radio' : 'checkbox';
    input.name = this.uid;
    input.value = option.index;
    input.addEventListener('change', this.touched.bind(this));
    Question.element('span', '', label).innerHTML = option.html;
    option.label = label;
    option.input = input;
    option.note = Question.element('span', 'st-mark', label);
  };

  Choice.prototype.chosen = function () {
    return this.options.filter(function (option) { return option.input.checked; });
  };

  Choice.prototype.hasAnswer = function () {
    return this.chosen().length > 0 || this.rightOnes().length === 0;
  };

  Choice.prototype.readAnswer = function () {
    return this.chosen().map(function (option) { return option.index; });
  };

  Choice.prototype.writeAnswer = function (answer) {
    var wanted = Array.isArray(answer) ? answer : [];
    this.options.forEach(function (option) {
      option.input.checked = wanted.indexOf(option.index) !== -1;
    });
  };

  Choice.prototype.response = function () {
    return this.readAnswer().join('[,]');
  };

  Choice.prototype.points = function () {
    var chosen = this.chosen();
    if (!this.rightOnes().length) {
      return chosen.length ? 0 : 1;
    }
    var right = chosen.filter(function (option) { return option.isRight; }).length;
    var sum = Math.max(0, right - (chosen.length - right));
    if (this.behaviour.singlePoint && !this.isSingle) {
      return 100 * sum >= this.passPercentage() * this.rightOnes().length ? 1 : 0;
    }
    return Math.min(sum, this.highestScore);
  };

  Choice.prototype.passPercentage = function () {
    return this.behaviour.passPercentage === undefined ? 100 : this.behaviour.passPercentage;
  };

  Choice.prototype.highest = function () {
    return this.highestScore;
  };

  Choice.prototype.mark = function (withSolution) {
    this.options.forEach(function (option) {
      this.markOption(option, withSolution);
    }, this);
  };

  Choice.prototype.markOption = function (option, withSolution) {
    var isShown = option.input.checked || (withSolution && option.isRight);
    option.label.classList.toggle('st-right', isShown && option.isRight);
    option.label.classList.toggle('st-wrong', isShown && !option.isRight);
    option.note.textContent = !isShown ? ''
      : option.isRight ? '✓ ' + this.say('right', 'Right') : '✗ ' + this.say('wrong', 'Wrong');
    if (option.input.checked && option.comment) {
      option.note.textContent += ' – ' + Question.text(option.comment);
    }
  };

  Choice.prototype.unmark = function () {
    this.options.forEach(function (option) {
      option.label.classList.remove('st-right', 'st-wrong');
      option.note.textContent = '';
    });
  };

  Choice.prototype.lock = function (locked) {
    this.options.forEach(function (option) { option.input.disabled = locked; });
  };

  Choice.prototype.definition = function () {
    return {
      interactionType: 'choice',
      correctResponsesPattern: [this.rightOnes().map(function (option) { return option.index; }).join('[,]')],
      choices: this.options.map(function (option) {
        return { id: String(option.index), description: { 'en-US': option.label.children[1].textContent } };
      })
    };
  };

  return Choice;
})(SongTien.Question);
