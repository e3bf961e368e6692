create table other (id integer primary key, name text not null);
