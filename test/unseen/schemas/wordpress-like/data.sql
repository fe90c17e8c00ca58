insert into wp_users ("ID",user_login,user_pass,user_nicename,user_email,user_url,display_name) values (1,'admin','$P$Bhash1','admin','webmaster@blog.example','https://blog.example','admin'),(2,'hlindqvist','$P$Bhash2','hlindqvist','helga.lindqvist@mail.example','https://helga.example','Helga Lindqvist'),(3,'omoreau','$P$Bhash3','omoreau','odile.moreau@blog.example','','Odile Moreau');
insert into wp_users ("ID",user_login,user_pass,user_nicename,user_email,display_name) select i,'reader'||i,'$P$Bx'||i,'reader'||i,'reader'||i||'@mail.example','Reader '||i from generate_series(4,40) i;
insert into wp_usermeta (user_id,meta_key,meta_value) select "ID",k,case k when 'nickname' then user_login when 'first_name' then split_part(display_name,' ',1) when 'last_name' then split_part(display_name,' ',2) when 'description' then 'About '||display_name when 'wp_capabilities' then case "ID" when 1 then 'a:1:{s:13:"administrator";b:1;}' when 3 then 'a:1:{s:6:"editor";b:1;}' else 'a:1:{s:10:"subscriber";b:1;}' end when 'session_tokens' then 'a:1:{s:64:"d7";a:4:{s:10:"expiration";i:1;s:2:"ip";s:9:"10.0.0.'||"ID"||'";}}' else '0' end from wp_users, unnest(array['nickname','first_name','last_name','description','wp_capabilities','session_tokens','wp_user_level']) k;
insert into wp_posts ("ID",post_author,post_content,post_title,post_name,post_type,post_parent) values (1,1,'Welcome to WordPress.','Hello world!','hello-world','post',0),(2,3,'An essay on bees by Odile.','On bees','on-bees','post',0),(3,3,'An essay on bees by Odile.','On bees','2-revision-v1','revision',2);
insert into wp_posts ("ID",post_author,post_content,post_title,post_name) select i,(array[1,3])[1+i%2],'Text '||i,'Title '||i,'title-'||i from generate_series(10,60) i;
insert into wp_postmeta (post_id,meta_key,meta_value) values (2,'_edit_last','3'),(2,'_edit_lock','1700000000:3'),(1,'_edit_last','1');
insert into wp_comments ("comment_ID","comment_post_ID",comment_author,comment_author_email,comment_author_url,"comment_author_IP",comment_content,comment_agent,comment_parent,user_id) values
(1,1,'A WordPress Commenter','wapuu@wordpress.example','https://wordpress.example/','', 'Hi, this is a comment.','',0,0),
(2,2,'Helga Lindqvist','helga.lindqvist@mail.example','https://helga.example','10.0.0.2','I keep bees too, near Uppsala.','Mozilla/5.0',0,2),
(3,2,'Tomas Berg','tomas.berg@mail.example','','10.9.9.9','Great text! Write to me.','Mozilla/5.0',0,0),
(4,2,'Reader 4','reader4@mail.example','','10.0.0.4','Thanks Helga, I wrote to helga.lindqvist@mail.example yesterday.','Mozilla/5.0',2,4),
(5,2,'Odile Moreau','odile.moreau@blog.example','','10.0.0.3','Thank you all.','Mozilla/5.0',3,3),
(6,1,'Tomas Berg','Tomas.Berg@mail.example','','10.9.9.8','Me again','Mozilla/5.0',0,0);
insert into wp_comments ("comment_ID","comment_post_ID",comment_author,comment_author_email,comment_content,user_id) select 10+i,2,'Reader '||i,'reader'||i||'@mail.example','Nice',i from generate_series(5,40) i;
insert into wp_commentmeta (comment_id,meta_key,meta_value) values (2,'akismet_as_submitted','{"comment_author":"Helga Lindqvist","comment_author_email":"helga.lindqvist@mail.example","user_ip":"10.0.0.2"}'),(3,'akismet_result','false');
insert into wp_options (option_name,option_value) values ('siteurl','https://blog.example'),('admin_email','webmaster@blog.example'),('blogname','Bees'),('_transient_feed','x');
insert into wp_links (link_url,link_name,link_owner) values ('https://wordpress.example','WordPress',1);
insert into wp_terms (name,slug) values ('Uncategorized','uncategorized'),('Bees','bees');
insert into wp_term_taxonomy (term_id,taxonomy) values (1,'category'),(2,'category');
insert into wp_term_relationships values (1,1),(2,2);
