-- Rosalie Mercœur (clu_r) asks; Félix (clu_f) lives with her, and their billing address is one row; clu_h has her name; Zora works there.
insert into "User" values
  ('clu_r', 'Rosalie Mercœur', 'rosalie.mercoeur@mail.example', '2023-01-01', 'https://p.example/rosalie.png', 'USER', 'cus_r', '2023-01-01', '2024-01-01'),
  ('clu_f', 'Félix Mercœur', 'felix.mercoeur@mail.example', null, null, 'USER', 'cus_f', '2023-02-01', '2024-01-01'),
  ('clu_h', 'Rosalie Mercœur', 'rm@autre.example', null, null, 'USER', null, '2023-03-01', '2024-01-01'),
  ('clu_z', 'Zora Benmoussa', 'zora@papeterie.example', '2022-01-01', null, 'ADMIN', null, '2022-01-01', '2024-01-01');
insert into "Account" values
  ('acc_r', 'clu_r', 'oauth', 'google', '117700112233', 'rt-r', 'at-r', 1717000000, 'Bearer', 'openid email', 'eyJ.r.x', null),
  ('acc_f', 'clu_f', 'oauth', 'google', '117700112244', 'rt-f', 'at-f', 1717000000, 'Bearer', 'openid email', 'eyJ.f.x', null);
insert into "Session" values ('ses_r', 'tok-session-r', 'clu_r', '2024-06-01'), ('ses_f', 'tok-session-f', 'clu_f', '2024-06-01');
insert into "VerificationToken" values ('rosalie.mercoeur@mail.example', 'vt-r-1', '2023-01-02'), ('felix.mercoeur@mail.example', 'vt-f-1', '2023-02-02');
insert into "Address" values
  ('adr_home', 'clu_f', 'F. et R. Mercœur', '12 rue du Pont', null, '87000', 'Limoges', 'FR', '05 55 12 12 12', true),
  ('adr_work', 'clu_r', 'Rosalie Mercœur', '3 allée des Arts', 'Bureau 12', '87100', 'Limoges', 'FR', '06 55 33 33 33', true),
  ('adr_guest', null, 'R. Mercœur', 'Gîte du Lac', null, '19000', 'Tulle', 'FR', '06 55 33 33 33', false),
  ('adr_h', 'clu_h', 'Rosalie Mercœur', '8 rue Longue', null, '29000', 'Quimper', 'FR', null, true);
insert into "Product" values ('prd_1', 'carnet', 'Carnet relié', 1800, 'clu_z'), ('prd_2', 'encre', 'Encre bleue', 900, 'clu_z');
insert into "Coupon" values ('MERCI10', 10, null, 'clu_z'), ('GESTE-0042', 100, 'rosalie.mercoeur@mail.example', 'clu_z');
insert into "Order" values
  ('ord_1', 'P-000101', 'clu_r', 'rosalie.mercoeur@mail.example', 'SHIPPED', 'adr_work', 'adr_home', 'GESTE-0042', 'Écrire « Rosalie » sur le paquet.', '{"ip": "90.30.1.1", "referrer": "https://blog.example"}', 1800, '2023-05-01'),
  ('ord_2', 'P-000102', 'clu_f', 'felix.mercoeur@mail.example', 'PAID', 'adr_home', 'adr_home', 'MERCI10', 'Interphone 4', '{"ip": "90.30.1.1"}', 900, '2023-05-02'),
  ('ord_3', 'P-000045', null, 'Rosalie.Mercoeur@mail.example', 'SHIPPED', 'adr_guest', 'adr_guest', null, 'Je suis en vacances au gîte.', null, 900, '2022-08-02'),
  ('ord_4', 'P-000103', 'clu_h', 'rm@autre.example', 'PAID', 'adr_h', 'adr_h', null, null, null, 900, '2023-05-03');
insert into "OrderItem" values
  ('itm_1', 'ord_1', 'prd_1', 'Carnet relié', 'R. M.', 1, 1800), ('itm_2', 'ord_2', 'prd_2', 'Encre bleue', null, 1, 900), ('itm_3', 'ord_3', 'prd_2', 'Encre bleue', null, 1, 900), ('itm_4', 'ord_4', 'prd_2', 'Encre bleue', 'Rosalie', 1, 900);
insert into "Review" values ('rev_1', 'prd_1', 'clu_r', 5, 'Offert à ma sœur Anaïs, ravie.', '2023-06-01'), ('rev_2', 'prd_1', 'clu_f', 3, 'Papier un peu fin.', '2023-06-02');
insert into "_Wishlist" values ('prd_2', 'clu_r'), ('prd_1', 'clu_f');
insert into "NewsletterSubscriber" values ('rosalie.mercoeur@mail.example', 'footer', '2023-01-01'), ('felix.mercoeur@mail.example', 'checkout', '2023-01-01');
insert into "SupportTicket" values
  ('tic_1', 'rosalie.mercoeur@mail.example', 'clu_z', 'Carnet abîmé, c’était pour Anaïs', '2023-05-10'), ('tic_2', 'felix.mercoeur@mail.example', 'clu_z', 'Où est mon encre ?', '2023-05-11');
insert into "TicketMessage" values
  ('tms_1', 'tic_1', 'rosalie.mercoeur@mail.example', 'La couverture est pliée. Mon 06 55 33 33 33.', '2023-05-10'), ('tms_2', 'tic_1', 'zora@papeterie.example', 'Bonjour Rosalie, voici un bon de geste.', '2023-05-11'),
  ('tms_3', 'tic_2', 'felix.mercoeur@mail.example', 'Pas reçue.', '2023-05-11'), ('tms_4', 'tic_2', 'zora@papeterie.example', 'Elle part ce soir.', '2023-05-12');
insert into "ActivityLog" values
  ('log_1', 'clu_r', 'Order', 'ord_1', '{"event": "placed", "email": "rosalie.mercoeur@mail.example"}', '2023-05-01'), ('log_2', 'clu_z', 'User', 'clu_r', '{"event": "coupon", "to": "rosalie.mercoeur@mail.example", "code": "GESTE-0042"}', '2023-05-11'),
  ('log_3', 'clu_z', 'Product', 'prd_1', '{"event": "price", "from": 1700, "to": 1800}', '2023-05-12'), ('log_4', 'clu_f', 'Order', 'ord_2', '{"event": "placed", "email": "felix.mercoeur@mail.example"}', '2023-05-02');
insert into "_prisma_migrations" values ('7b1d', 'c0ffee', '20220101000000_init', '2022-01-01', 1);
