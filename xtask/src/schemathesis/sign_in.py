# Signs in as a resident and as an officer of the demonstration, and prints both cookies as one header.
import json
import sys
import urllib.request

server = sys.argv[1]


def post(path, body):
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(server + path, json.dumps(body).encode(), headers)
    return urllib.request.urlopen(request).headers.get_all("Set-Cookie")[0].split(";")[0]


officer = json.load(urllib.request.urlopen(server + "/demo/officers"))[0]
signed_in = {name: officer[name] for name in ("name", "password", "code")}
print(post("/api/session", {"ticket": "ticket-liu"}) + "; " + post("/api/agency/session", signed_in))
