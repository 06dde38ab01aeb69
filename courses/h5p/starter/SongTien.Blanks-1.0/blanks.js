/** Words missing from a text: *right/also right:a hint*. */
SongTien.Blanks = (function (Question) {
  var GAP = /\*([^*]+)\*/g;

  function Blanks(params, contentId, extras) {
    Question.call(this, params, contentId, extras);
    this.gaps = [];
  }

  Blanks.prototype = Object.create(Question.prototype);

  Blanks.prototype.questionText = function () {
    return this.params.text || '';
  };

  Blanks.prototype.renderTask = function (task) {
    var texts = this.params.questions || [];
    task.setAttribute('role', 'group');
    task.setAttribute('aria-labelledby', this.uid + '-text');
    texts.forEach(function (html) {
      var holder = Question.element('div', 'st-sentence', task);
      holder.innerHTML = html.replace(GAP, this.placeholder.bind(this));
    }, this);
    this.gaps.forEach(this.renderGap, this);
  };

  Blanks.prototype.placeholder = function (whole, inside) {
    var parts = Question.text(inside.replace(/<\/?[a-zA-Z]*\d?>/g, '')).split(':');
    var gap = { tip: parts.slice(1).join(':').trim() };
    gap.accepted = parts[0].split('/').map(function (word) { return word.trim(); });
    this.gaps.push(gap);
    return '<span data-st-gap="' + (this.gaps.length - 1) + '"></span>';
  };

  Blanks.prototype.renderGap = function (gap, index) {
    var place = this.task.querySelector('[data-st-gap="' + index + '"]');
    var longest = Math.max.apply(null, gap.accepted.map(function (word) { return word.length; }));
    gap.input = Question.element('input', 'st-gap', place);
    gap.input.type = 'text';
    gap.input.autocomplete = 'off';
    gap.input.spellcheck = false;
    gap.input.size = Math.max(4, Math.min(30, longest + 2));
    gap.input.setAttribute('aria-label', this.say('gap', 'Gap @number of @total')
      .replace('@number', index + 1)
      .replace('@total', this.gaps.length));
    gap.input.addEventListener('change', this.touched.bind(this));
    gap.input.addEventListener('keydown', this.checkOnEnter.bind(this));
    gap.note = Question.element('span', 'st-mark', place);
    gap.note.id = this.uid + '-note-' + index;
    gap.input.setAttribute('aria-describedby', gap.note.id);
    this.renderTip(gap, place, index);
  };

  Blanks.prototype.renderTip = function (gap, place, index) {
    if (!gap.tip) {
      return;
    }
    var tip = Question.element('span', 'st-tip', place);
    tip.id = this.uid + '-tip-' + index;
    tip.textContent = ' (' + gap.tip + ')';
    gap.input.setAttribute('aria-describedby', gap.note.id + ' ' + tip.id);
  };

  Blanks.prototype.checkOnEnter = function (event) {
    if (event.key === 'Enter' && !this.isChecked) {
      event.preventDefault();
      this.check();
    }
  };

  Blanks.prototype.readAnswer = function () {
    return this.gaps.map(function (gap) { return gap.input.value.trim(); });
  };

  Blanks.prototype.writeAnswer = function (answer) {
    var words = Array.isArray(answer) ? answer : [];
    this.gaps.forEach(function (gap, index) { gap.input.value = words[index] || ''; });
  };

  Blanks.prototype.hasAnswer = function () {
    return this.readAnswer().some(function (word) { return word !== ''; });
  };

  Blanks.prototype.response = function () {
    return this.readAnswer().join('[,]');
  };

  Blanks.prototype.isRight = function (gap) {
    var matters = this.behaviour.caseSensitive !== false;
    var fold = function (word) { return matters ? word : word.toLowerCase(); };
    return gap.accepted.map(fold).indexOf(fold(gap.input.value.replace(/\u00a0/g, ' ').trim())) !== -1;
  };

  Blanks.prototype.points = function () {
    return this.gaps.filter(this.isRight, this).length;
  };

  Blanks.prototype.highest = function () {
    return this.gaps.length;
  };

  Blanks.prototype.mark = function (withSolution) {
    this.gaps.forEach(function (gap) {
      var isRight = this.isRight(gap);
      gap.input.classList.toggle('st-gap-right', isRight);
      gap.input.classList.toggle('st-gap-wrong', !isRight);
      gap.note.textContent = isRight ? ' ✓ ' + this.say('right', 'Right') : ' ✗ ' + this.say('wrong', 'Wrong');
      if (withSolution && !isRight) {
        gap.note.textContent += ' → ' + gap.accepted[0];
      }
    }, this);
  };

  Blanks.prototype.unmark = function () {
    this.gaps.forEach(function (gap) {
      gap.input.classList.remove('st-gap-right', 'st-gap-wrong');
      gap.note.textContent = '';
    });
  };

  Blanks.prototype.lock = function (locked) {
    this.gaps.forEach(function (gap) { gap.input.disabled = locked; });
  };

  Blanks.prototype.definition = function () {
    return {
      interactionType: 'fill-in',
      correctResponsesPattern: [this.gaps.map(function (gap) { return gap.accepted[0]; }).join('[,]')]
    };
  };

  return Blanks;
})(SongTien.Question);
