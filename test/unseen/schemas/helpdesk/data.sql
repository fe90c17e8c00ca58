-- Joris Lambelin (901) asks for help; 902 is his colleague of the same organisation; 903 has his name elsewhere. 11 is the agent, 12 runs
-- the desk. Ticket 5003 is 902's, which Joris follows; ticket 5004 came by mail before he had an account.
insert into organizations values (31, 'Meunerie Lambelin & Cie', '{meunerie-lambelin.example}', 'Client grands comptes', true, '2020-01-01'), (32, 'Hydro Services', '{hydro.example}', null, false, '2020-01-01');
insert into users (id, role, name, email, alias, phone, organization_id, external_id, details, notes, signature, photo_url, tags, user_fields, locale, time_zone, last_login_at, created_at) values
  (11, 'agent', 'Sabrina Otto', 'sabrina.otto@assistance.example', 'Sabrina', '+33 1 70 00 00 11', null, null, null, null, 'Sabrina — Assistance', null, '{}', '{}', 'fr', 'Paris', '2024-01-01', '2019-01-01'),
  (12, 'admin', 'Kenan Yilmaz', 'kenan.yilmaz@assistance.example', null, null, null, null, null, null, 'Kenan — Assistance', null, '{}', '{}', 'fr', 'Paris', '2024-01-01', '2019-01-01'),
  (901, 'end-user', 'Joris Lambelin', 'joris.lambelin@meunerie-lambelin.example', null, '+33 6 09 01 09 01', 31, 'crm-901', 'Télétravaille le lundi', 'Impatient, répondre vite.', null, 'https://cdn.example/u/joris.jpg', '{vip,râleur}', '{"site": "Moulin bas", "badge": "B-901"}', 'fr', 'Paris', '2024-01-01', '2021-01-01'),
  (902, 'end-user', 'Typhaine Roger', 'typhaine.roger@meunerie-lambelin.example', null, '+33 6 09 02 09 02', 31, 'crm-902', null, 'Très aimable', null, null, '{}', '{"site": "Moulin bas"}', 'fr', 'Paris', '2024-01-01', '2021-01-01'),
  (903, 'end-user', 'Joris Lambelin', 'j.lambelin@hydro.example', null, null, 32, 'crm-903', null, 'Ne pas confondre', null, null, '{}', '{}', 'fr', 'Paris', '2024-01-01', '2021-01-01');
insert into user_identities values (1, 901, 'email', 'joris.lambelin@meunerie-lambelin.example', true, true), (2, 901, 'email', 'jojo.lamb@boite.example', true, false), (3, 901, 'phone_number', '+33609010901', true, false), (4, 902, 'email', 'typhaine.roger@meunerie-lambelin.example', true, true), (5, 11, 'email', 'sabrina.otto@assistance.example', true, true);
insert into groups values (1, 'Niveau 1'); insert into group_memberships values (1, 1, 11, true), (2, 1, 12, true);
insert into itil_categories values (7, 'Messagerie > Boîte pleine');
insert into tickets (id, subject, description, status, priority, type, channel, requester_id, submitter_id, assignee_id, group_id, organization_id, itilcategory_id, recipient, raw_subject, custom_fields, via, users_id_lastupdater, created_at, solved_at) values
  (5001, 'Boîte pleine après mon arrêt maladie', 'Bonjour, de retour après trois mois, ma boîte est pleine. Joris', 'closed', 2, 'incident', 'email', 901, 901, 11, 1, 31, 7, 'aide@assistance.example', 'Boîte pleine après mon arrêt maladie', '[{"id": 360, "value": "Poste de Joris"}]', '{"channel": "email", "source": {"from": {"address": "joris.lambelin@meunerie-lambelin.example", "name": "Joris Lambelin"}}}', 11, '2023-02-01', '2023-02-02'),
  (5002, 'Nouveau casque', 'À la demande de Joris par téléphone.', 'closed', 3, 'request', 'phone', 901, 11, 11, 1, 31, null, null, 'Nouveau casque', '[]', '{"channel": "phone"}', 11, '2023-03-01', '2023-03-02'),
  (5003, 'Imprimante en panne', 'L’imprimante du moulin ne répond plus.', 'open', 2, 'incident', 'web', 902, 902, 11, 1, 31, null, null, 'Imprimante en panne', '[]', '{"channel": "web"}', 901, '2023-04-01', null),
  (5005, 'Accès au portail', 'Je ne peux plus me connecter.', 'open', 2, 'incident', 'web', 903, 903, 12, 1, 32, null, null, 'Accès au portail', '[]', '{"channel": "web"}', 12, '2023-04-01', null);
insert into tickets_users values
  (1, 5001, 901, 1, true, null), (2, 5001, 11, 2, true, null), (3, 5003, 902, 1, true, null), (4, 5003, 901, 3, true, null), (5, 5003, 11, 2, true, null), (6, 5003, 0, 3, true, 'jojo.lamb@boite.example'), (7, 5005, 903, 1, true, null);
insert into ticket_followups values
  (1, 'Ticket', 5001, 901, null, 'C’est urgent, je dois envoyer mon dossier à la médecine du travail.', '<p>C’est urgent, je dois envoyer mon dossier à la médecine du travail.</p>', false, '{"channel": "email"}', '2023-02-01'),
  (2, 'Ticket', 5001, 11, 12, 'Bonjour Monsieur Lambelin, c’est vidé.', '<p>Bonjour Monsieur Lambelin, c’est vidé.</p>', false, '{}', '2023-02-02'),
  (3, 'Ticket', 5001, 11, null, 'Client très nerveux, à ménager.', null, true, '{}', '2023-02-02'),
  (4, 'Ticket', 5003, 901, null, 'Chez moi aussi, rappelez-moi au +33 6 09 01 09 01.', null, false, '{"channel": "web"}', '2023-04-02'),
  (5, 'Ticket', 5003, 902, null, 'Joris confirme, écrivez à joris.lambelin@meunerie-lambelin.example si je suis absente.', null, false, '{}', '2023-04-03'),
  (6, 'Ticket', 5003, 11, null, 'Un technicien passe mardi.', null, false, '{}', '2023-04-04'), (7, 'Ticket', 5005, 12, null, 'Mot de passe réinitialisé.', null, false, '{}', '2023-04-04');
insert into ticket_solutions values (1, 'Ticket', 5001, 11, 'Quota de M. Lambelin porté à 10 Go.', 3), (2, 'Ticket', 5005, 12, 'Accès rétabli.', 3);
insert into attachments values
  (1, 'TicketFollowup', 1, 'certificat_medical_lambelin.pdf', 'application/pdf', 'https://cdn.example/a/1', 9000, 901), (2, 'Ticket', 5003, 'photo_imprimante.jpg', 'image/jpeg', 'https://cdn.example/a/2', 9000, 902), (3, 'TicketFollowup', 2, 'procedure.pdf', 'application/pdf', 'https://cdn.example/a/3', 9000, 11), (4, 'KnowledgeArticle', 1, 'schema.png', 'image/png', 'https://cdn.example/a/4', 9000, 11);
insert into satisfaction_ratings values (1, 5001, 901, 11, 'bad', 'Trop lent, j’étais en pleine rechute.', 'Délai'), (2, 5005, 903, 12, 'good', 'Merci', null);
insert into ticket_audits values
  (1, 5001, 901, '[{"type": "Create", "field_name": "subject", "value": "Boîte pleine après mon arrêt maladie"}]', '{"system": {"ip_address": "81.90.1.90", "client": "Thunderbird", "location": "Gannat"}}', '2023-02-01'),
  (2, 5001, 11, '[{"type": "Notification", "recipients": ["joris.lambelin@meunerie-lambelin.example"], "body": "Bonjour Monsieur Lambelin"}]', '{"system": {"ip_address": "10.0.0.11"}}', '2023-02-02'),
  (3, 5003, 902, '[{"type": "Create", "field_name": "subject", "value": "Imprimante en panne"}]', '{"system": {"ip_address": "81.90.2.90"}}', '2023-04-01');
insert into logs values
  (1, 'User', 901, null, 0, 'Yilmaz Kenan (12)', '2023-01-01', 6, '+33 6 00 00 00 00', '+33 6 09 01 09 01'), (2, 'Ticket', 5003, 'User', 15, 'Lambelin Joris (901)', '2023-04-02', 66, '', 'Joris Lambelin (901)'), (3, 'Ticket', 5003, null, 0, 'Roger Typhaine (902)', '2023-04-02', 12, 'new', 'open'), (4, 'User', 902, null, 0, 'Yilmaz Kenan (12)', '2023-01-01', 6, '', '+33 6 09 02 09 02');
insert into queued_notifications values
  (1, 'Ticket', 5001, 'Votre ticket 5001 est résolu', 'aide@assistance.example', 'Assistance', 'joris.lambelin@meunerie-lambelin.example', 'Lambelin Joris', 'aide@assistance.example', 'To: Joris', '<p>Bonjour Joris, boîte vidée.</p>', 'Bonjour Joris, boîte vidée.', '2023-02-02', 1),
  (2, 'Ticket', 5003, 'Nouveau suivi', 'aide@assistance.example', 'Assistance', 'typhaine.roger@meunerie-lambelin.example', 'Roger Typhaine', 'aide@assistance.example', null, '<p>Bonjour Typhaine, Joris Lambelin a ajouté : rappelez-moi au +33 6 09 01 09 01.</p>', 'Bonjour Typhaine, Joris Lambelin a ajouté : rappelez-moi au +33 6 09 01 09 01.', '2023-04-02', 1),
  (3, 'Ticket', 5003, 'Nouveau suivi', 'aide@assistance.example', 'Assistance', 'sabrina.otto@assistance.example', 'Otto Sabrina', 'aide@assistance.example', null, '<p>Suivi ajouté.</p>', 'Suivi ajouté.', '2023-04-02', 1);
insert into mail_rejects values (1, 'Joris LAMBELIN <joris.lambelin@meunerie-lambelin.example>', 'aide@assistance.example', 'Réponse automatique : absent pour maladie', '<x1@meunerie>', 3, '2023-02-01'), (2, 'spam@ailleurs.example', 'aide@assistance.example', 'Gagnez', '<x2@ailleurs>', 1, '2023-02-01');
insert into calls values (1, 5002, 'inbound', '+33609010901', '+33170000011', 11, 'https://cdn.example/rec/1.mp3', 'Agent : bonjour. Client : j’ai perdu l’audition d’une oreille…', 240), (2, 5003, 'outbound', '+33170000011', '+33609020902', 11, null, null, 60);
insert into computers values (1, 'PC-MOULIN-07', 'SN7788', 'Joris Lambelin', '+33 6 09 01 09 01', 901, 11, 'Poste adapté (grossissement)'), (2, 'PC-MOULIN-08', 'SN7789', 'Typhaine Roger', null, 902, 11, 'RAS');
insert into items_tickets values (1, 'Computer', 1, 5001), (2, 'Computer', 2, 5003);
insert into macros values (1, 'Boîte pleine', 'Bonjour, nous vidons votre boîte.', 11);
insert into knowledge_articles values (1, 'Vider sa boîte', 'Ouvrez les paramètres…', 11, 12);
