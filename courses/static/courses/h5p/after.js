/**
 * Runs in the sandboxed frame after H5P's core and before the libraries: saves the state, sends statements.
 *
 * Bodies go as text/plain, so that no preflight stands between a closing page and its last save.
 */
(function () {
  'use strict';

  var play = window.songTienPlay;
  var saved = null;
  var soon = null;
  var queue = Promise.resolve();

  function post(address, body) {
    return fetch(address, {
      method: 'POST',
      body: body,
      keepalive: body.length < 60000, // a browser refuses more than 64 KB after the page is gone
      credentials: 'omit',
      headers: { 'Content-Type': 'text/plain' }
    });
  }

  function stateOf(instance) {
    try {
      return JSON.stringify(instance.getCurrentState());
    } catch (error) {
      return undefined; // Interactive Video inside a slide that was never opened
    }
  }

  function save() {
    window.clearTimeout(soon);
    H5P.instances.forEach(function (instance) {
      if (typeof instance.getCurrentState !== 'function') {
        return;
      }
      var state = stateOf(instance);
      if (state === undefined || state === saved) {
        return;
      }
      saved = state;
      post(play.stateAddress, state).catch(function () { saved = null; });
    });
  }

  function saveSoon() {
    window.clearTimeout(soon);
    soon = window.setTimeout(save, 1000);
  }

  // Core saves by a synchronous request on leaving, which browsers drop: ours take its place.
  H5P.setUserData = function (contentId, dataType, data, extras) {
    if (dataType === 'state' && !(extras && extras.subContentId)) {
      save();
    }
  };
  window.addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') {
      save();
    }
  });

  function isTopLevel(event) {
    var parent = event.getVerifiedStatementValue(['context', 'contextActivities', 'parent']);
    var inside = event.getVerifiedStatementValue(
      ['object', 'definition', 'extensions', 'http://h5p.org/x-api/h5p-subContentId']
    );
    return !(parent && parent.length) && !inside;
  }

  function wholeTree() {
    var instance = H5P.instances[0];
    try {
      return instance && typeof instance.getXAPIData === 'function' ? instance.getXAPIData() : null;
    } catch (error) {
      return null;
    }
  }

  function send(statement, data) {
    var body = JSON.stringify({ statement: statement, data: data });
    // One after the other, and again after a lost connection: the id makes a repeat harmless.
    queue = queue.then(function () { return attempt(body, 0); });
  }

  function attempt(body, tries) {
    return post(play.statementAddress, body).catch(function () {
      if (tries >= 5) {
        return undefined;
      }
      return new Promise(function (resolve) { window.setTimeout(resolve, 1000 * Math.pow(2, tries)); })
        .then(function () { return attempt(body, tries + 1); });
    });
  }

  H5P.externalDispatcher.on('xAPI', function (event) {
    var statement = JSON.parse(JSON.stringify(event.data.statement));
    var verb = event.getVerb();
    statement.id = H5P.createUUID();
    statement.timestamp = new Date().toISOString();
    var ends = isTopLevel(event) && (verb === 'answered' || verb === 'completed');
    send(statement, ends ? wholeTree() : null);
    if (ends) {
      save();
    } else if (verb === 'interacted' || verb === 'progressed' || verb === 'answered') {
      saveSoon();
    }
  });

  // Types that never say "finished" count as seen.
  H5P.externalDispatcher.on('initialized', function () {
    // Set until now, so that core gave the saved state back; unset, core does not save on leaving by itself.
    H5PIntegration.saveFreq = false;
    var target = H5PIntegration.contents['cid-' + play.contentId];
    send({
      id: H5P.createUUID(),
      timestamp: new Date().toISOString(),
      verb: { id: 'http://id.tincanapi.com/verb/viewed', display: { 'en-US': 'viewed' } },
      object: { id: target.url, objectType: 'Activity' }
    }, null);
  });
})();
