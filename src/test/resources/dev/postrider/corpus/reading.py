"""Reads messages with the package email: for each file one line of JSON with what its modern and its old policy see.

usage: reading.py FIELDS FILE...    FIELDS is a pattern for the names of fields that are left out, in lower case
"""

import base64
import json
import re
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import collapse_rfc2231_value, getaddresses

PEOPLE = ("from", "sender", "reply-to", "to", "cc")
LEFT_OUT = re.compile(sys.argv[1])


class Modern:
    """Parses header fields by their grammar."""

    policy = policy.default

    @staticmethod
    def fields(message):
        return message.items()

    @staticmethod
    def text(value):
        return str(value)

    @staticmethod
    def people(value):
        return [person(a.display_name, f"{quoted(utf8(a.username))}@{a.domain}") for a in value.addresses]

    @staticmethod
    def parameters(part, field):
        return dict(part[field].params) if field in part else {}

    @staticmethod
    def words(part):
        return part.get_content()


class Old:
    """Leaves header fields as they are; what decodes them is email.header and email.utils."""

    policy = policy.compat32

    @staticmethod
    def fields(message):
        return [(name, utf8(value)) for name, value in message.raw_items()]

    @staticmethod
    def text(value):
        return str(make_header(decode_header(value.replace("\r\n", ""))))

    @classmethod
    def people(cls, value):
        return [person(cls.text(name), address) for name, address in addresses(value.replace("\r\n", "")) if address]

    @classmethod
    def parameters(cls, part, field):
        found = part.get_params([], field)[1:]
        return {name: collapse_rfc2231_value(value) if isinstance(value, tuple) else cls.text(value) for name, value in found}

    @staticmethod
    def words(part):
        return part.get_payload(decode=True).decode("utf-8")


def utf8(value):
    """What a header field holds beyond ASCII (RFC 6532), which is parsed as octets that mean nothing yet."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8")


def person(name, address):
    return {"name": name, "address": address}


def quoted(local):
    """What addr_spec does, but for names such as "a..b", which it forgets to quote."""
    if re.fullmatch(r'[^\s"\\@(),:;<>\[\].]+(\.[^\s"\\@(),:;<>\[\].]+)*', local):
        return local
    return '"' + re.sub(r'(["\\])', r"\\\1", local) + '"'


def addresses(value):
    try:
        # Else it counts commas, and finds one too many in "a,b"@example.org.
        return getaddresses([value], strict=False)
    except TypeError:  # Before that was there to be said.
        return getaddresses([value])


def read_part(way, part):
    # Not get_filename(), which strips it.
    filename = way.parameters(part, "content-disposition").get("filename", "")
    parameters = way.parameters(part, "content-type")
    name = parameters.pop("name", "")
    if "charset" in parameters:
        parameters["charset"] = parameters["charset"].lower()
    is_words = part.get_content_type() in ("text/plain", "text/html") and not filename
    content = base64.b64encode(part.get_payload(decode=True)).decode() if filename else way.words(part)
    return {
        "type": part.get_content_type(),
        "parameters": {} if is_words else parameters,
        "disposition": part.get_content_disposition() or "",
        "filename": filename,
        "name": name,
        "contentId": str(part.get("content-id", "")).strip("<>"),
        "content": content.replace("\r\n", "\n"),
    }


def read(way, octets):
    message = message_from_bytes(octets, policy=way.policy)
    people, fields = {}, {}
    for name, value in way.fields(message):
        name = name.lower()
        if name in PEOPLE:
            people[name] = way.people(value)
        elif name != "subject" and not LEFT_OUT.fullmatch(name):
            fields.setdefault(name, []).append(way.text(value))
    return {
        "subject": way.text(message["subject"]),
        "people": people,
        "fields": fields,
        "parts": [read_part(way, part) for part in message.walk() if not part.is_multipart()],
    }


for path in sys.argv[2:]:
    with open(path, "rb") as file:
        octets = file.read()
    print(json.dumps({"modern": read(Modern, octets), "old": read(Old, octets)}))
