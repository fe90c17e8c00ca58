"""An application's end of Socle, in one file and the standard library. README.md tells what it does and does not."""
import base64, hashlib, hmac, json, os, re, time, urllib.request
from datetime import datetime, timezone

SECRETS = [base64.b64decode(secret[6:]) for secret in os.environ["SOCLE_SECRETS"].split()]  # whsec_…


def verify(headers, body, now=None):
    """Standard Webhooks, HMAC: a signature of ours over id.timestamp.body, at most five minutes old."""
    message, stamp, given = (headers.get(f"webhook-{name}") or "" for name in ("id", "timestamp", "signature"))
    if not re.fullmatch(r"[0-9]{1,12}", stamp) or abs((now or time.time()) - int(stamp)) > 300:
        return False
    signed = f"{message}.{stamp}.".encode() + body
    made = ["v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in SECRETS]
    return any(hmac.compare_digest(one.encode(), own.encode()) for one in given.split(" ") for own in made)


def digest(event):
    """RFC 8785, for what an order holds: texts, whole numbers, lists and objects."""
    text = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def receive(headers, body, erase, folder):
    """Answers (status, outcome). `erase(person)` gives {"outcome": "executed", "counts": {"identity": 1}}."""
    if not verify(headers, body):
        return 401, None
    event = json.loads(body)
    if event.get("type") != "org.socle.order.v1":
        return 200, None
    order = event["data"]
    path = os.path.join(folder, hashlib.sha256(order["key"].encode()).hexdigest() + ".json")
    if os.path.exists(path):  # a repeat gets the answer that was given
        with open(path, encoding="utf-8") as kept:
            return 200, json.load(kept)
    os.makedirs(folder, 0o700, exist_ok=True)  # raises: nothing is done that can't be remembered
    refuse = {"outcome": "refused", "reason": "other"}
    persons = [{"ref": p["ref"], **(erase(p) if order["action"] == "erase" else refuse)} for p in order["persons"]]
    kinds = {person["outcome"] for person in persons} - {"not_found"} or {"not_found"}
    outcome = kinds.pop() if len(kinds) == 1 else "partly"
    at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = {"order": order["order"], "digest": digest(event), "outcome": outcome, "at": at, "persons": persons}
    if not any(person["outcome"] == "failed" for person in persons):  # what failed is tried again
        with open(path + ".tmp", "w", encoding="utf-8") as kept:  # outcomes and references: never who it was
            json.dump(answer, kept)
            kept.flush()
            os.fsync(kept.fileno())
        os.replace(path + ".tmp", path)
    return 200, answer


def send(answer):
    """True once Socle has it. False: answer 503 to the webhook, and Socle repeats the order later."""
    url = f"{os.environ['SOCLE_URL']}/api/v1/orders/{answer['order']}/outcome"
    headers = {"Authorization": f"Bearer {os.environ['SOCLE_KEY']}", "Content-Type": "application/json"}
    try:
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(answer).encode(), headers), timeout=5).close()
        return True
    except OSError as error:  # refused for good: a repeat would change nothing
        return getattr(error, "code", 503) in (404, 409, 422)
