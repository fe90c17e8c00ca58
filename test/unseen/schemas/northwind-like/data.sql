-- Marceline Auber trades alone (AUBEM) and asks by her customer code and telephone; Léon (AUBEL) has her address and telephone; AUBER
-- has her name.
insert into customers values
  ('AUBEM', 'Épicerie Marceline', 'Marceline Auber', 'Owner', '15 rue des Bouchers', 'Colmar', 'Alsace', '68000', 'France', '03 89 15 15 15', '03 89 15 15 16'),
  ('AUBEL', 'Léon Auber Vins', 'Léon Auber', 'Owner', '15 rue des Bouchers', 'Colmar', 'Alsace', '68000', 'France', '03 89 15 15 15', null),
  ('AUBER', 'Aubergerie du Lac', 'Marceline Auber', 'Sales Agent', '2 quai du Lac', 'Annecy', null, '74000', 'France', '04 50 00 00 02', null);
insert into customer_demographics values ('PART', 'Détaillant indépendant');
insert into customer_customer_demo values ('AUBEM', 'PART'), ('AUBEL', 'PART');
insert into employees values
  (1, 'Fuller', 'Andrea', 'Vice President', 'Mrs.', '1972-02-19', '1999-08-14', '908 W. Avenue', 'Tacoma', '(206) 555-9482', '3457', 'Speaks French.', null, 'http://intranet.example/fuller.bmp'),
  (2, 'Peck', 'Marc', 'Sales Rep', 'Mr.', '1981-02-19', '2004-08-14', '14 Garrett Hill', 'London', '(71) 555-4848', '452', null, 1, null);
insert into suppliers values (1, 'Moulins du Ried', 'Marceline Auber', 'Purchasing', '1 route du Ried', 'Erstein', '03 88 00 00 01', null, null);
insert into categories values (1, 'Condiments', 'Sauces, épices');
insert into products values (11, 'Moutarde', 1, 1, '12 pots', 22, 0);
insert into shippers values (3, 'Federal Cargo', '(503) 555-9931');
insert into orders values
  (1048, 'AUBEM', 2, '2023-07-04', '2023-08-01', '2023-07-16', 3, 32.38, 'Épicerie Marceline', '15 rue des Bouchers', 'Colmar', 'Alsace', '68000', 'France'),
  (1049, 'AUBEL', 2, '2023-07-05', '2023-08-02', null, 3, 11.61, 'Léon Auber Vins', '15 rue des Bouchers', 'Colmar', 'Alsace', '68000', 'France'),
  (1050, 'AUBER', 1, '2023-07-06', null, null, 3, 65.83, 'Aubergerie du Lac', '2 quai du Lac', 'Annecy', null, '74000', 'France');
insert into order_details values (1048, 11, 14, 12, 0), (1049, 11, 14, 10, 0), (1050, 11, 14, 5, 0.1);
insert into customer_calls values (1, 'AUBEM', 2, '2023-07-03 10:00', 'Veuve depuis mars, préfère payer à 60 jours.'), (2, 'AUBEL', 2, '2023-07-03 11:00', 'Rien à signaler.'), (3, 'AUBER', 1, '2023-07-03 12:00', 'Nouvelle gérante.');
insert into territories values ('68000', 'Colmar');
insert into employee_territories values (2, '68000');
