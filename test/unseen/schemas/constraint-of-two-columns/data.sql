insert into res_partner values
  (41, 'Nora Quentin', 'contact', 'nora.quentin@courriel.example', '05 56 00 00 41', null),
  (42, null, 'delivery', 'livraison.quentin@courriel.example', null, 41),
  (43, 'Nora Quentin', 'contact', 'nquentin@poste.example', null, null);
