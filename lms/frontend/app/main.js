import "../theme/app.scss";
