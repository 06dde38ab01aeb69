// A key that is missing or a dialogue that is closed gets a sentence, where allauth would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("key-trouble");
  document.querySelector("main").append(trouble);
  trouble.hidden = false;
});
