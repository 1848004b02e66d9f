import type { Migration } from './migrate'

/**
 * The tables, in the layout that was measured fastest for Instant's semantics: one jsonb row per
 * entity, links, and one narrow table of index values. Every key starts with the app, so the
 * tables can be distributed by it. Compact numbers stand for apps, namespaces and attributes.
 *
 * - `entities.data` maps attribute keys to values: a rename touches no row, and a key that is
 *   absent is a value that is missing, which `null` is not.
 * - `index_values` has one row per entity and indexed (or unique) data attribute, also when the
 *   value is null or missing, so that ordering finds every entity. `is_text` says which column
 *   the attribute uses. Both orders of `nulls first` indexes are the two that InstaQL asks for.
 * - `links.one_from` and `one_to` repeat what the attribute says about has-one ends, so that a
 *   partial unique index can guarantee it.
 */
export const migrations: readonly Migration[] = [
  {
    id: '0001-tables',
    statements: [
      `create table apps (
        key int generated always as identity primary key,
        id uuid not null unique,
        title text not null,
        schema_version int not null default 0,
        created_at timestamptz not null default now(),
        expires_at timestamptz
      )`,
      `create table admin_tokens (
        app int not null references apps on delete cascade,
        hash bytea not null,
        created_at timestamptz not null default now(),
        primary key (app, hash)
      )`,
      `create index admin_tokens_hash on admin_tokens (hash)`,
      `create table namespaces (
        app int not null references apps on delete cascade,
        key int generated always as identity (start with 1000),
        name text collate "C" not null,
        primary key (app, key),
        unique (app, name)
      )`,
      `create table attrs (
        app int not null references apps on delete cascade,
        key int generated always as identity (start with 1000),
        id uuid not null,
        kind text not null check (kind in ('data', 'link')),
        forward_id uuid not null,
        namespace text collate "C" not null,
        label text collate "C" not null,
        reverse_id uuid,
        reverse_namespace text collate "C",
        reverse_label text collate "C",
        cardinality text not null default 'one' check (cardinality in ('one', 'many')),
        is_unique boolean not null default false,
        is_indexed boolean not null default false,
        is_required boolean not null default false,
        checked_type text check (checked_type in ('string', 'number', 'boolean', 'date')),
        on_delete text check (on_delete = 'cascade'),
        on_delete_reverse text check (on_delete_reverse = 'cascade'),
        deleted_at timestamptz,
        primary key (app, key),
        unique (app, id)
      )`,
      `create unique index attrs_forward on attrs (app, namespace, label) where deleted_at is null`,
      `create unique index attrs_reverse on attrs (app, reverse_namespace, reverse_label)
        where deleted_at is null and kind = 'link'`,
      `create table entities (
        app int not null,
        ns int not null,
        id uuid not null,
        created_at bigint not null,
        data jsonb not null,
        primary key (app, ns, id)
      )`,
      `create index entities_created on entities (app, ns, created_at, id)`,
      `create table links (
        app int not null,
        attr int not null,
        from_id uuid not null,
        to_id uuid not null,
        one_from boolean not null,
        one_to boolean not null,
        primary key (app, attr, from_id, to_id)
      )`,
      `create index links_to on links (app, attr, to_id, from_id)`,
      `create unique index links_one_from on links (app, attr, from_id) where one_from`,
      `create unique index links_one_to on links (app, attr, to_id) where one_to`,
      `create table index_values (
        app int not null,
        attr int not null,
        id uuid not null,
        is_unique boolean not null,
        is_text boolean not null,
        vn float8,
        vt text collate "C",
        primary key (app, id, attr)
      )`,
      `create index index_values_number on index_values (app, attr, vn nulls first, id)
        where not is_text and not is_unique`,
      `create index index_values_text on index_values (app, attr, vt nulls first, id)
        where is_text and not is_unique`,
      `create unique index index_values_unique_number
        on index_values (app, attr, vn nulls first) include (id) where not is_text and is_unique`,
      `create unique index index_values_unique_text
        on index_values (app, attr, vt nulls first) include (id) where is_text and is_unique`,
      `create table transactions (
        app int not null,
        id bigint generated always as identity,
        at timestamptz not null default now(),
        primary key (app, id)
      )`,
      // Microseconds since the epoch of a date value, or null when it is no date. A number is
      // milliseconds; a string is whatever Postgres reads as timestamptz in UTC, also when it is
      // wrapped in one more pair of double quotes (contract semantics.md 5.6). Where a server puts
      // the day before the month, this still does not.
      `create function instant_of(value jsonb) returns float8 language plpgsql stable
        set datestyle to 'ISO, MDY' as $$
        declare content text;
        begin
          if jsonb_typeof(value) = 'number' then return (value #>> '{}')::float8 * 1000; end if;
          if jsonb_typeof(value) <> 'string' then return null; end if;
          content := value #>> '{}';
          if length(content) > 2 and left(content, 1) = '"' and right(content, 1) = '"' then
            content := substr(content, 2, length(content) - 2);
          end if;
          return extract(epoch from content::timestamptz) * 1000000;
        exception when others then return null;
        end $$`,
      `create function index_number(value jsonb, type text) returns float8 language sql stable as $$
        select case
          when value is null or value = 'null'::jsonb then null
          when type = 'number' and jsonb_typeof(value) = 'number' then (value #>> '{}')::float8
          when type = 'boolean' and jsonb_typeof(value) = 'boolean'
            then case when value = 'true'::jsonb then 1 else 0 end
          when type = 'date' then instant_of(value)
        end $$`,
      `create function index_text(value jsonb, type text) returns text language sql immutable as $$
        select case
          when value is null or value = 'null'::jsonb then null
          when type is null then value::text
          when type = 'string' and jsonb_typeof(value) = 'string' then value #>> '{}'
        end $$`,
    ],
  },
  {
    id: '0002-auth',
    statements: [
      `alter table apps add column magic_code_minutes int not null default 1440
        check (magic_code_minutes between 1 and 1440)`,
      // The times of the latest attempts of one kind on one subject, the oldest first.
      `create table attempts (
        app int not null references apps on delete cascade,
        action text collate "C" not null,
        subject text collate "C" not null,
        times timestamptz[] not null,
        last_at timestamptz not null default now(),
        primary key (app, action, subject)
      )`,
      `create index attempts_last on attempts (last_at)`,
      // Mail that was not sent because the backend has been given no server to send it by.
      `create table outbox (
        app int not null references apps on delete cascade,
        id bigint generated always as identity,
        at timestamptz not null default now(),
        recipient text not null,
        subject text not null,
        text text not null,
        primary key (app, id)
      )`,
      `create index outbox_at on outbox (at)`,
    ],
  },
  {
    id: '0003-job-groups',
    statements: [
      // The finished jobs of a schema change, as clients ask for them; kept for a day.
      `create table job_groups (
        app int not null references apps on delete cascade,
        id uuid not null,
        at timestamptz not null default now(),
        jobs jsonb not null,
        primary key (app, id)
      )`,
    ],
  },
  {
    id: '0004-rules',
    statements: [
      // Every document that was ever in force; the highest version is.
      `create table rules (
        app int not null references apps on delete cascade,
        version int not null,
        code jsonb not null,
        at timestamptz not null default now(),
        primary key (app, version)
      )`,
    ],
  },
  {
    id: '0005-files',
    statements: [
      // Bytes that are or may be kept. No reference to apps: bytes have to be found when those are gone.
      `create table blobs (
        app_id uuid not null,
        location_id uuid not null,
        file_id uuid,
        created_at timestamptz not null default now(),
        released_at timestamptz,
        primary key (app_id, location_id)
      )`,
      `create index blobs_file on blobs (app_id, file_id)`,
      `create index blobs_released on blobs (released_at) where released_at is not null`,
      `create index blobs_open on blobs (created_at) where file_id is null and released_at is null`,
      `create table upload_urls (
        id uuid primary key,
        app int not null references apps on delete cascade,
        path text not null,
        expires_at timestamptz not null
      )`,
      `create index upload_urls_expires on upload_urls (expires_at)`,
      // What the processes on one store have to agree on and nobody else may know.
      `create table secrets (
        name text collate "C" primary key,
        value bytea not null
      )`,
    ],
  },
  {
    id: '0006-transaction-topics',
    statements: [
      // What was written, for the other processes on the store; null where that is not known.
      `alter table transactions add column topics jsonb`,
    ],
  },
  {
    id: '0007-jobs',
    statements: [
      // Numbers for rows of the index table that are not those of an attribute's own key. A row stays
      // as long as its number is in use. Keys of attributes are far below.
      `create table index_keys (
        key int generated always as identity (start with 1000000000) primary key,
        app int not null references apps on delete cascade
      )`,
      `alter table attrs add column index_key int`,
      // What is done to attributes in the background, in the order of seq; kept for a day after that.
      // A batch of work and what it leaves in this row are one transaction.
      `create table jobs (
        app int not null references apps on delete cascade,
        seq int generated always as identity primary key,
        id uuid not null unique,
        group_id uuid not null,
        attr_id uuid not null,
        namespace text not null,
        label text not null,
        type text not null,
        checked_type text,
        status text not null default 'waiting'
          check (status in ('waiting', 'processing', 'completed', 'errored', 'canceled')),
        stage text check (stage in ('scan', 'nulls', 'clean')),
        attr_state jsonb,
        ns int,
        index_key int,
        stale_key int,
        cursor uuid,
        work_estimate int,
        work_completed int not null default 0,
        failure jsonb,
        is_unwanted boolean not null default false,
        starts int not null default 0,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        done_at timestamptz
      )`,
      `create index jobs_open on jobs (app, seq) where done_at is null`,
      `create index jobs_group on jobs (app, group_id)`,
      // Entities that have changed since a job went through their namespace.
      `create table job_entities (
        job int not null references jobs on delete cascade,
        id uuid not null,
        primary key (job, id)
      )`,
      `drop table job_groups`,
    ],
  },
]
