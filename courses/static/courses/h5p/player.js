/**
 * Runs in the page around the frames: gives each the height it asks for, by H5P core's own messages.
 *
 * A frame has an opaque origin, so a message is known by the window it came from and by nothing else.
 */
(function () {
  'use strict';

  // Each player on a page brings this script; one listener is enough.
  if (window.songTienFrames) {
    return;
  }
  window.songTienFrames = true;

  var frames = function () {
    return Array.prototype.slice.call(document.querySelectorAll('iframe[data-h5p-frame]'));
  };

  function answer(frame, action, data) {
    frame.contentWindow.postMessage(Object.assign({ context: 'h5p', action: action }, data || {}), '*');
  }

  function height(value) {
    return typeof value === 'number' && isFinite(value) ? Math.min(Math.max(Math.ceil(value), 60), 20000) : null;
  }

  var actions = {
    hello: function (frame) {
      frame.dataset.h5pReady = 'yes';
      answer(frame, 'hello');
    },
    prepareResize: function (frame, data) {
      var wanted = height(data.scrollHeight);
      if (wanted === null) {
        return;
      }
      if (frame.clientHeight !== wanted || data.scrollHeight !== data.clientHeight) {
        frame.style.height = (height(data.clientHeight) || 60) + 'px';
        answer(frame, 'resizePrepared');
      }
    },
    resize: function (frame, data) {
      var wanted = height(data.scrollHeight);
      if (wanted !== null) {
        frame.style.height = wanted + 'px';
      }
    }
  };

  window.addEventListener('message', function (event) {
    var data = event.data;
    if (!data || data.context !== 'h5p' || !Object.prototype.hasOwnProperty.call(actions, data.action)) {
      return;
    }
    frames().forEach(function (frame) {
      if (frame.contentWindow === event.source) {
        actions[data.action](frame, data);
      }
    });
  });

  window.addEventListener('resize', function () {
    frames().forEach(function (frame) {
      if (frame.dataset.h5pReady) {
        answer(frame, 'resize');
      }
    });
  });

  // A frame that loaded before this script has already said hello to nobody.
  frames().forEach(function (frame) {
    frame.addEventListener('load', function () { answer(frame, 'ready'); });
    answer(frame, 'ready');
  });
})();
