/**
 * Runs in the sandboxed frame before H5P's core.
 *
 * An opaque origin has no storage and no cookies: reading them throws, and core then skips saving
 * and resizing. Here they live in memory for as long as the page does.
 */
(function () {
  'use strict';

  function memory() {
    var kept = Object.create(null);
    var store = {
      getItem: function (key) { return key in kept ? kept[key] : null; },
      setItem: function (key, value) { kept[key] = String(value); },
      removeItem: function (key) { delete kept[key]; },
      clear: function () { kept = Object.create(null); },
      key: function (index) { return Object.keys(kept)[index] || null; }
    };
    Object.defineProperty(store, 'length', { get: function () { return Object.keys(kept).length; } });
    return store;
  }

  ['localStorage', 'sessionStorage'].forEach(function (name) {
    Object.defineProperty(window, name, { value: memory(), configurable: true });
  });
  Object.defineProperty(document, 'cookie', {
    get: function () { return ''; },
    set: function () {},
    configurable: true
  });

  var settings = JSON.parse(document.getElementById('h5p-settings').textContent);
  window.H5PIntegration = settings.integration;
  window.songTienPlay = {
    contentId: settings.contentId,
    stateAddress: settings.stateAddress,
    statementAddress: settings.statementAddress
  };
})();
