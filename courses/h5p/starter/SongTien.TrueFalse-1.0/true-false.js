/** One statement: true or false. */
SongTien.TrueFalse = (function (Question) {
  function TrueFalse(params, contentId, extras) {
    Question.call(this, params, contentId, extras);
    this.right = String(this.params.correct) === 'false' ? 'false' : 'true';
    this.options = {};
  }

  TrueFalse.prototype = Object.create(Question.prototype);

  TrueFalse.prototype.renderTask = function (task) {
    task.setAttribute('role', 'radiogroup');
    task.setAttribute('aria-labelledby', this.uid + '-text');
    this.renderOption('true', this.say('trueText', 'True'));
    this.renderOption('false', this.say('falseText', 'False'));
  };

  TrueFalse.prototype.renderOption = function (value, words) {
    var label = Question.element('label', 'st-option', this.task);
    var input = Question.element('input', '', label);
    input.type = 'radio';
    input.name = this.uid;
    input.value = value;
    input.addEventListener('change', this.touched.bind(this));
    Question.element('span', '', label).textContent = words;
    this.options[value] = { label: label, input: input, note: Question.element('span', 'st-mark', label) };
  };

  TrueFalse.prototype.eachOption = function (act) {
    act.call(this, 'true', this.options['true']);
    act.call(this, 'false', this.options['false']);
  };

  TrueFalse.prototype.readAnswer = function () {
    return this.options['true'].input.checked ? 'true' : this.options['false'].input.checked ? 'false' : '';
  };

  TrueFalse.prototype.writeAnswer = function (answer) {
    this.eachOption(function (value, option) { option.input.checked = answer === value; });
  };

  TrueFalse.prototype.hasAnswer = function () {
    return this.readAnswer() !== '';
  };

  TrueFalse.prototype.response = TrueFalse.prototype.readAnswer;

  TrueFalse.prototype.points = function () {
    return this.readAnswer() === this.right ? 1 : 0;
  };

  TrueFalse.prototype.highest = function () {
    return 1;
  };

  TrueFalse.prototype.mark = function (withSolution) {
    this.eachOption(function (value, option) {
      var isRight = value === this.right;
      var isShown = option.input.checked || (withSolution && isRight);
      option.label.classList.toggle('st-right', isShown && isRight);
      option.label.classList.toggle('st-wrong', isShown && !isRight);
      option.note.textContent = !isShown ? ''
        : isRight ? '✓ ' + this.say('right', 'Right') : '✗ ' + this.say('wrong', 'Wrong');
    });
  };

  TrueFalse.prototype.unmark = function () {
    this.eachOption(function (value, option) {
      option.label.classList.remove('st-right', 'st-wrong');
      option.note.textContent = '';
    });
  };

  TrueFalse.prototype.lock = function (locked) {
    this.eachOption(function (value, option) { option.input.disabled = locked; });
  };

  TrueFalse.prototype.definition = function () {
    return { interactionType: 'true-false', correctResponsesPattern: [this.right] };
  };

  return TrueFalse;
})(SongTien.Question);
