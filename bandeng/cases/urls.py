"""Addresses of the case room: short ones for paper, `cases/` for those at work."""

from django.urls import path

from bandeng.cases.views import public, setup, staff, status
from bandeng.cases.views.verbs import VERBS

app_name = "cases"
urlpatterns = [
    path("r/", public.Where.as_view(), name="where"),
    path("r/<uuid:place>/", public.Report.as_view(), name="report"),
    path("r/<uuid:place>/me-too/<slug:number>/", public.MeToo.as_view(), name="me_too"),
    path("s/", public.Lookup.as_view(), name="lookup"),
    path("s/<slug:secret>/", status.Status.as_view(), name="status"),
    path("s/<slug:secret>/slip/", status.Slip.as_view(), name="slip"),
    path("s/<slug:secret>/answer/", status.Answer.as_view(), name="status_answer"),
    path("s/<slug:secret>/message/", status.Say.as_view(), name="status_message"),
    path("s/<slug:secret>/photos/", status.AddPhotos.as_view(), name="status_photos"),
    path("s/<slug:secret>/photos/<uuid:photo>/", status.StatusPhoto.as_view(), name="status_photo"),
    path("s/<slug:secret>/again/", status.Reopen.as_view(), name="status_again"),
    path("s/<slug:secret>/withdraw/", status.Withdraw.as_view(), name="status_withdraw"),
    path("cases/", staff.CaseList.as_view(), name="list"),
    path("cases/mine/", staff.Mine.as_view(), name="mine"),
    path("cases/enter/", staff.Enter.as_view(), name="enter"),
    path("cases/rates/", staff.Rates.as_view(), name="rates"),
    path("cases/posters/", staff.Posters.as_view(), name="posters"),
    path("cases/posters/<uuid:place>/", staff.Poster.as_view(), name="poster"),
    path("cases/posters/<uuid:place>/a4.pdf", staff.PosterPdf.as_view(), name="poster_pdf"),
    path("cases/public/", public.Published.as_view(), name="published"),
    path("cases/public/<slug:number>/", public.PublishedCase.as_view(), name="published_case"),
    path("cases/categories/", setup.Categories.as_view(), name="categories"),
    path("cases/categories/add/", setup.AddCategory.as_view(), name="add_category"),
    path("cases/categories/<uuid:token>/end/", setup.EndCategory.as_view(), name="end_category"),
    path("cases/rules/", setup.Rules.as_view(), name="rules"),
    path("cases/rules/add/", setup.AddRule.as_view(), name="add_rule"),
    path("cases/rules/<uuid:token>/end/", setup.EndRule.as_view(), name="end_rule"),
    path("cases/reports/<slug:number>/unmask/", staff.Unmask.as_view(), name="unmask"),
    path("cases/reports/<slug:number>/answer/", staff.AnswerFor.as_view(), name="answer_for"),
    path("cases/<slug:number>/", staff.CasePage.as_view(), name="detail"),
    path("cases/<slug:number>/photos/<uuid:photo>/", staff.CasePhoto.as_view(), name="photo"),
    *(
        path(f"cases/<slug:number>/{verb.name}/", verb.as_view(), name=verb.url_name())
        for verb in VERBS
    ),
]
