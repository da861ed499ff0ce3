"""Pages as a person opens them."""

from django.urls import reverse


def page(client, name, /, *args):
    answer = client.get(reverse(f"funds:{name}", args=args))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def post(client, name, /, *args, **data):
    return client.post(reverse(f"funds:{name}", args=args), data)
