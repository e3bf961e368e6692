-- When which image was last compared with its source, and how that ended. Microseconds since 1970.

create table refresh_check (
  project text not null,
  fingerprint text not null,
  checked_at bigint not null,
  outcome text not null,
  primary key (project, fingerprint)
);
