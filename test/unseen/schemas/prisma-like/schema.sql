-- A shop written with Prisma and its usual sign-in: quoted camel case, text keys made by the application, guests who order.
create type "Role" as enum ('USER', 'ADMIN');
create type "OrderStatus" as enum ('PENDING', 'PAID', 'SHIPPED', 'CANCELLED');
create table "User" (
  "id" text primary key, "name" text, "email" text, "emailVerified" timestamp(3), "image" text, "role" "Role" not null default 'USER', "stripeCustomerId" text,
  "createdAt" timestamp(3) not null default current_timestamp, "updatedAt" timestamp(3) not null);
create unique index "User_email_key" on "User" ("email");
create table "Account" (
  "id" text primary key, "userId" text not null references "User" ("id") on delete cascade on update cascade, "type" text not null, "provider" text not null,
  "providerAccountId" text not null, "refresh_token" text, "access_token" text, "expires_at" integer, "token_type" text, "scope" text, "id_token" text, "session_state" text);
create unique index "Account_provider_providerAccountId_key" on "Account" ("provider", "providerAccountId");
create table "Session" ("id" text primary key, "sessionToken" text not null, "userId" text not null references "User" ("id") on delete cascade on update cascade, "expires" timestamp(3) not null);
create unique index "Session_sessionToken_key" on "Session" ("sessionToken");
create table "VerificationToken" ("identifier" text not null, "token" text not null, "expires" timestamp(3) not null);
create unique index "VerificationToken_token_key" on "VerificationToken" ("token");
create unique index "VerificationToken_identifier_token_key" on "VerificationToken" ("identifier", "token");
create table "Address" (
  "id" text primary key, "userId" text references "User" ("id") on delete set null on update cascade, "fullName" text not null, "line1" text not null, "line2" text,
  "postalCode" text not null, "city" text not null, "countryCode" text not null, "phone" text, "isDefault" boolean not null default false);
create table "Product" ("id" text primary key, "slug" text not null unique, "title" text not null, "priceCents" integer not null, "createdById" text references "User" ("id") on delete set null on update cascade);
create table "Coupon" ("code" text primary key, "percentOff" integer not null, "reservedForEmail" text, "createdById" text references "User" ("id") on delete set null on update cascade);
create table "Order" (
  "id" text primary key, "orderNumber" text not null, "userId" text references "User" ("id") on delete set null on update cascade, "email" text not null,
  "status" "OrderStatus" not null, "shippingAddressId" text references "Address" ("id") on delete set null on update cascade,
  "billingAddressId" text references "Address" ("id") on delete set null on update cascade, "couponCode" text references "Coupon" ("code") on delete set null on update cascade,
  "customerNote" text, "metadata" jsonb, "totalCents" integer not null, "placedAt" timestamp(3) not null);
create table "OrderItem" (
  "id" text primary key, "orderId" text not null references "Order" ("id") on delete cascade on update cascade, "productId" text references "Product" ("id") on delete set null on update cascade,
  "title" text not null, "personalisation" text, "quantity" integer not null, "unitCents" integer not null);
create table "Review" ("id" text primary key, "productId" text not null references "Product" ("id") on delete cascade on update cascade, "authorId" text not null references "User" ("id") on delete cascade on update cascade, "rating" integer not null, "body" text, "createdAt" timestamp(3) not null);
create table "_Wishlist" ("A" text not null references "Product" ("id") on delete cascade on update cascade, "B" text not null references "User" ("id") on delete cascade on update cascade);
create unique index "_Wishlist_AB_unique" on "_Wishlist" ("A", "B");
create table "NewsletterSubscriber" ("email" text primary key, "source" text, "subscribedAt" timestamp(3) not null);
create table "SupportTicket" ("id" text primary key, "requesterEmail" text not null, "assigneeId" text references "User" ("id") on delete set null on update cascade, "subject" text not null, "openedAt" timestamp(3) not null);
create table "TicketMessage" ("id" text primary key, "ticketId" text not null references "SupportTicket" ("id") on delete cascade on update cascade, "fromEmail" text not null, "body" text not null, "sentAt" timestamp(3) not null);
create table "ActivityLog" ("id" text primary key, "actorId" text, "entity" text not null, "entityId" text, "data" jsonb not null, "createdAt" timestamp(3) not null);
create table "_prisma_migrations" ("id" varchar(36) primary key, "checksum" varchar(64) not null, "migration_name" varchar(255) not null, "finished_at" timestamptz, "applied_steps_count" integer not null default 0);
