"""Addresses of this room."""

from django.urls import include, path

from courses.views import exams, learning, pages

urlpatterns = [
    path("", include("courses.h5p.urls")),
    path("courses/", pages.catalogue, name="catalogue"),
    path("courses/<slug:slug>/", pages.course, name="course"),
    path("courses/<slug:slug>/<slug:lesson_slug>/", pages.lesson, name="lesson"),
    path("learn/", learning.learn, name="learn"),
    path("learn/courses/<int:pk>/enrol/", learning.course_enrol, name="course_enrol"),
    path(
        "learn/courses/<int:pk>/lessons/<int:lesson_pk>/finish/", learning.lesson_finish, name="lesson_finish"
    ),
    path("learn/courses/<int:pk>/exam/", exams.exam, name="exam"),
    path("learn/courses/<int:pk>/exam/start/", exams.exam_start, name="exam_start"),
    path("learn/attempts/<uuid:key>/", exams.attempt, name="attempt"),
    path("learn/attempts/<uuid:key>/answers/<int:position>/", exams.attempt_answer, name="attempt_answer"),
    path("learn/attempts/<uuid:key>/submit/", exams.attempt_submit, name="attempt_submit"),
    path("learn/attempts/<uuid:key>/result/", exams.attempt_result, name="attempt_result"),
]
