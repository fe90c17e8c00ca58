<?php
// An application's end of Socle, in one file and what PHP brings. README.md tells what it does and does not.
declare(strict_types=1);

/** Standard Webhooks, HMAC: a signature of ours over id.timestamp.body, at most five minutes old. */
function socle_verify(array $headers, string $body, ?int $now = null): bool
{
    [$id, $stamp, $given] = array_map(fn ($name) => $headers["webhook-$name"] ?? '', ['id', 'timestamp', 'signature']);
    if (!preg_match('/^[0-9]{1,12}$/D', $stamp) || abs(($now ?? time()) - (int) $stamp) > 300) return false;
    foreach (explode(' ', getenv('SOCLE_SECRETS')) as $secret) { // whsec_…
        $key = base64_decode(substr($secret, 6));
        $own = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$stamp.$body", $key, true));
        foreach (explode(' ', $given) as $one) if (hash_equals($own, $one)) return true;
    }
    return false;
}

/** RFC 8785, for what an order holds: texts, whole numbers, lists and objects. */
function socle_digest(mixed $event): string
{
    $sort = function (mixed $value) use (&$sort): mixed {
        if ($value instanceof stdClass) { $value = (array) $value; ksort($value, SORT_STRING); return (object) array_map($sort, $value); }
        return is_array($value) ? array_map($sort, $value) : $value;
    };
    $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;
    return 'sha256:' . hash('sha256', json_encode($sort($event), $flags));
}

/** Gives [status, outcome]. $erase(person) gives ['outcome' => 'executed', 'counts' => ['identity' => 1]]. */
function socle_receive(array $headers, string $body, callable $erase, string $folder): array
{
    if (!socle_verify($headers, $body)) return [401, null];
    $event = json_decode($body, false, 64, JSON_THROW_ON_ERROR);
    if (($event->type ?? '') !== 'org.socle.order.v1') return [200, null];
    $order = $event->data;
    $path = $folder . '/' . hash('sha256', $order->key) . '.json';
    if (is_file($path)) return [200, json_decode(file_get_contents($path), true)]; // a repeat gets the answer that was given
    if (!is_dir($folder) && !@mkdir($folder, 0700, true) || !is_writable($folder)) return [503, null]; // nothing done that can't be remembered
    $act = $order->action === 'erase' ? $erase : fn () => ['outcome' => 'refused', 'reason' => 'other'];
    $persons = array_map(fn ($person) => ['ref' => $person->ref] + $act($person), $order->persons);
    $all = array_values(array_unique(array_column($persons, 'outcome')));
    $kinds = array_values(array_diff($all, ['not_found'])) ?: ['not_found'];
    $answer = ['order' => $order->order, 'digest' => socle_digest($event), 'outcome' => count($kinds) === 1 ? $kinds[0] : 'partly',
        'at' => gmdate('Y-m-d\TH:i:s\Z'), 'persons' => $persons];
    if (!in_array('failed', $all, true)) { // what failed is tried again; kept: outcomes and references, never who it was
        file_put_contents("$path.tmp", json_encode($answer, JSON_THROW_ON_ERROR), LOCK_EX);
        rename("$path.tmp", $path);
    }
    return [200, $answer];
}

/** True once Socle has it. False: answer 503 to the webhook, and Socle repeats the order later. */
function socle_send(array $answer): bool
{
    $http = ['method' => 'POST', 'timeout' => 5, 'content' => json_encode($answer),
        'header' => ['Content-Type: application/json', 'Authorization: Bearer ' . getenv('SOCLE_KEY')]];
    $url = getenv('SOCLE_URL') . "/api/v1/orders/{$answer['order']}/outcome";
    if (@file_get_contents($url, false, stream_context_create(['http' => $http])) !== false) return true;
    return preg_match('/ (404|409|422)( |$)/', $http_response_header[0] ?? '') === 1; // refused for good: a repeat changes nothing
}
