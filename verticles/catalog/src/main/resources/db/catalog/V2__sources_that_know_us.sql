-- Whether the source of an image is told who we are. Of images that are here already nobody knows who asked for them.
alter table image add column source_ourselves boolean not null default false;
