-- Solène Aubry (21) asks; Marius (22) lives with her; 23 has her name; 1 and 3 write the blog and handle orders.
insert into wp_users values
  (1, 'patron', '$P$1', 'patron', 'bonjour@confiturerie.example', 'https://confiturerie.example', '2019-01-01', '', 0, 'La Confiturerie'),
  (3, 'redac', '$P$3', 'redac', 'redac@confiturerie.example', '', '2020-01-01', '', 0, 'Odette R.'),
  (21, 'solene.aubry', '$P$21', 'solene-aubry', 'solene.aubry@mail.example', 'https://solene.example', '2021-01-01', '171:abc', 0, 'Solène Aubry'),
  (22, 'marius', '$P$22', 'marius', 'marius.aubry@mail.example', '', '2021-02-01', '', 0, 'Marius Aubry'),
  (23, 'saubry', '$P$23', 'saubry', 's.aubry@autre.example', '', '2021-03-01', '', 0, 'Solène Aubry');
insert into wp_usermeta values
  (101, 21, 'nickname', 'soso'), (102, 21, 'first_name', 'Solène'), (103, 21, 'billing_phone', '0611212121'), (104, 21, 'billing_address_1', '2 chemin des Vignes'),
  (105, 21, 'wp_capabilities', 'a:1:{s:8:"customer";b:1;}'), (106, 21, 'session_tokens', 'a:1:{s:4:"tok1";a:2:{s:2:"ip";s:11:"82.66.21.21";s:2:"ua";s:7:"Firefox";}}'),
  (107, 21, 'billing_email', 'solene.aubry@mail.example'),
  (111, 22, 'nickname', 'marius'), (112, 22, 'billing_address_1', '2 chemin des Vignes'), (113, 22, 'billing_phone', '0611212121'),
  (121, 23, 'first_name', 'Solène'), (122, 23, 'billing_city', 'Metz'), (131, 1, 'wp_capabilities', 'a:1:{s:13:"administrator";b:1;}');
insert into wp_posts values
  (40, 3, '2023-01-01', 'La recette de la mirabelle.', 'Mirabelle', '', 'publish', 'open', '', 'mirabelle', '2023-01-02', 0, 'https://confiturerie.example/?p=40', 0, 'post', 3),
  (50, 1, '2022-01-01', 'Pot de 250 g.', 'Confiture de figue', '', 'publish', 'closed', '', 'figue', '2022-01-02', 0, 'https://confiturerie.example/?p=50', 0, 'product', 0),
  (5003, 1, '2021-05-03', '', 'Order &ndash; mai 3, 2021', 'Sonnez fort, je suis sourde.', 'wc-completed', 'open', 'wc_order_k5003', 'order-mai-3', '2021-05-04', 0, 'https://confiturerie.example/?post_type=shop_order&p=5003', 0, 'shop_order', 1),
  (5004, 1, '2021-06-03', '', 'Order &ndash; juin 3, 2021', 'Merci.', 'wc-completed', 'open', 'wc_order_k5004', 'order-juin-3', '2021-06-04', 0, 'https://confiturerie.example/?post_type=shop_order&p=5004', 0, 'shop_order', 0);
insert into wp_postmeta values
  (501, 5003, '_customer_user', '21'), (502, 5003, '_billing_first_name', 'Solène'), (503, 5003, '_billing_last_name', 'Aubry'), (504, 5003, '_billing_address_1', '2 chemin des Vignes'),
  (505, 5003, '_billing_email', 'solene.aubry@mail.example'), (506, 5003, '_billing_phone', '06 11 21 21 21'), (507, 5003, '_customer_ip_address', '82.66.21.21'),
  (508, 5003, '_order_total', '24.50'), (509, 5003, '_order_currency', 'EUR'), (510, 5003, '_billing_address_index', 'Solène Aubry 2 chemin des Vignes Dijon solene.aubry@mail.example'),
  (521, 5004, '_customer_user', '22'), (522, 5004, '_billing_first_name', 'Marius'), (523, 5004, '_billing_email', 'marius.aubry@mail.example'), (524, 5004, '_billing_phone', '06 11 21 21 21'), (525, 5004, '_order_total', '12.00'),
  (531, 50, '_price', '6.00'), (532, 50, '_sku', 'FIG-21'), (533, 40, '_edit_last', '21');
insert into wp_comments values
  (601, 40, 'Solène Aubry', 'solene.aubry@mail.example', 'https://solene.example', '82.66.21.21', '2023-01-05', 'Ma grand-mère de Dole faisait pareil.', 0, '1', 'Firefox/108', 'comment', 0, 21),
  (602, 40, 'Odette R.', 'redac@confiturerie.example', '', '10.0.0.3', '2023-01-06', 'Merci pour ce souvenir !', 0, '1', 'Chrome/108', 'comment', 601, 3),
  (603, 40, 'Sol', 'Solene.Aubry@mail.example', '', '82.66.21.99', '2020-01-06', 'Première visite, je découvre.', 0, '1', 'Firefox/70', 'comment', 0, 0),
  (604, 5003, 'WooCommerce', 'woocommerce@confiturerie.example', '', '', '2021-05-03', 'Facture envoyée à solene.aubry@mail.example.', 0, '1', 'WooCommerce', 'order_note', 0, 0),
  (605, 40, 'Marius', 'marius.aubry@mail.example', '', '82.66.21.21', '2023-01-07', 'On en reprend.', 0, '1', 'Safari/16', 'comment', 0, 22);
insert into wp_commentmeta values (701, 601, 'rating', '5'), (702, 603, '_wp_guest', 'Sol'), (703, 602, 'rating', '4');
insert into wp_options values (1, 'admin_email', 'bonjour@confiturerie.example', 'yes'), (2, 'blogname', 'La Confiturerie', 'yes');
insert into wp_terms values (21, 'Confitures', 'confitures');
insert into wp_wc_customer_lookup values
  (301, 21, 'solene.aubry', 'Solène', 'Aubry', 'solene.aubry@mail.example', '2024-01-01', '2021-01-01', 'FR', '21000', 'Dijon', ''),
  (302, 22, 'marius', 'Marius', 'Aubry', 'marius.aubry@mail.example', '2024-01-01', '2021-02-01', 'FR', '21000', 'Dijon', ''),
  (303, 23, 'saubry', 'Solène', 'Aubry', 's.aubry@autre.example', '2024-01-01', '2021-03-01', 'FR', '57000', 'Metz', '');
insert into wp_wc_orders values
  (5012, 'wc-completed', 'EUR', 'shop_order', 2, 30, 21, 'solene.aubry@mail.example', '2024-01-01', 0, 'stripe', 'Carte', 'pi_5012', '82.66.21.21', 'Firefox/120', 'C’est un cadeau pour Lucie.'),
  (5013, 'wc-completed', 'EUR', 'shop_order', 1, 12, 22, 'marius.aubry@mail.example', '2024-01-02', 0, 'stripe', 'Carte', 'pi_5013', '82.66.21.21', 'Safari/16', null),
  (5021, 'wc-pending', 'EUR', 'shop_order', 1, 12, 0, 'client@mail.example', '2024-01-03', 0, 'bacs', 'Virement', null, '82.66.99.99', 'Safari/16', null);
insert into wp_wc_order_addresses values
  (801, 5012, 'billing', 'Solène', 'Aubry', null, '2 chemin des Vignes', null, 'Dijon', null, '21000', 'FR', 'solene.aubry@mail.example', '06 11 21 21 21'),
  (802, 5012, 'shipping', 'Lucie', 'Perrin', null, '77 rue Monge', null, 'Dijon', null, '21000', 'FR', null, '06 77 77 77 77'),
  (803, 5013, 'billing', 'Marius', 'Aubry', null, '2 chemin des Vignes', null, 'Dijon', null, '21000', 'FR', 'marius.aubry@mail.example', '06 11 21 21 21');
insert into wp_wc_order_operational_data values (1, 5012, 'checkout', 'wc_order_k5012', 'h1', '2024-01-01'), (2, 5013, 'checkout', 'wc_order_k5013', 'h2', '2024-01-02');
insert into wp_wc_order_stats values (5003, 0, '2021-05-03', 4, 24.5, 'wc-completed', 301), (5012, 0, '2024-01-01', 5, 30, 'wc-completed', 301), (5013, 0, '2024-01-02', 2, 12, 'wc-completed', 302);
insert into wp_woocommerce_order_items values (901, 'Confiture de figue', 'line_item', 5012), (902, 'Confiture de figue', 'line_item', 5013), (903, 'Colissimo', 'shipping', 5003);
insert into wp_woocommerce_order_itemmeta values (1001, 901, '_qty', '5'), (1002, 901, 'Étiquette', 'Pour Lucie, de Solène'), (1003, 902, '_qty', '2');
insert into wp_woocommerce_sessions values
  (1, '21', 'a:1:{s:8:"customer";s:80:"a:2:{s:5:"email";s:25:"solene.aubry@mail.example";s:5:"phone";s:10:"0611212121";}";}', 1717000000),
  (2, '22', 'a:1:{s:8:"customer";s:40:"a:1:{s:5:"email";s:25:"marius.aubry@mail.example";}";}', 1717000000);
insert into wp_woocommerce_payment_tokens values (1, 'stripe', 'pm_21', 21, 'CC', 1), (2, 'stripe', 'pm_22', 22, 'CC', 1);
