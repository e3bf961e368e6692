-- Names, not numbers, tie the rows together: no identity columns, so that SQLite and PostgreSQL read the same file.
-- Times are microseconds since 1970 as bigint.

create table image (
  project text not null,
  fingerprint text not null,
  type text not null,
  architecture text not null,
  visible boolean not null,
  auto_update boolean not null,
  cached boolean not null,
  filename text not null,
  created_at bigint not null,
  uploaded_at bigint not null,
  last_used_at bigint not null,
  expires_at bigint not null,
  source_server text,
  source_protocol text,
  source_certificate text,
  source_alias text,
  source_image_type text,
  primary key (project, fingerprint)
);

create table image_property (
  project text not null,
  fingerprint text not null,
  name text not null,
  value text not null,
  primary key (project, fingerprint, name),
  foreign key (project, fingerprint) references image on delete cascade
);

create table image_profile (
  project text not null,
  fingerprint text not null,
  position bigint not null,
  name text not null,
  primary key (project, fingerprint, position),
  foreign key (project, fingerprint) references image on delete cascade
);

create table image_file (
  project text not null,
  fingerprint text not null,
  position bigint not null,
  role text not null,
  blob text not null,
  size bigint not null,
  extension text not null,
  primary key (project, fingerprint, position),
  foreign key (project, fingerprint) references image on delete cascade
);

create table alias (
  project text not null,
  name text not null,
  fingerprint text not null,
  description text not null,
  primary key (project, name),
  foreign key (project, fingerprint) references image on delete cascade
);

create index alias_of_image on alias (project, fingerprint);

create table setting (
  name text not null primary key,
  value text not null
);
