// The calendar of the form engine: day before month, and the names the reader's language has for them.
function names(lang, style, days) {
  const format = new Intl.DateTimeFormat(lang, { ...style, timeZone: "UTC" });
  return days.map((day) => format.format(day));
}

export function speakDates(app, lang, { today, clear }) {
  const week = [...Array(7).keys()].map((day) => new Date(Date.UTC(2026, 1, 1 + day))); // a Sunday first
  const year = [...Array(12).keys()].map((month) => new Date(Date.UTC(2026, month, 1)));
  Object.assign(app.config.globalProperties.$primevue.config.locale, {
    dateFormat: "dd/mm/yy",
    firstDayOfWeek: 1,
    today,
    clear,
    dayNames: names(lang, { weekday: "long" }, week),
    dayNamesShort: names(lang, { weekday: "short" }, week),
    dayNamesMin: names(lang, { weekday: "narrow" }, week),
    monthNames: names(lang, { month: "long" }, year),
    monthNamesShort: names(lang, { month: "short" }, year),
  });
}
