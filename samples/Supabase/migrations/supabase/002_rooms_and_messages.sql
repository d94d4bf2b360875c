-- Migration: chat rooms, who is in them, and what is said
-- Rollback:
--   DROP TABLE public.messages;
--   DROP TABLE public.members;
--   DROP TABLE public.rooms;

CREATE TABLE public.rooms (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    created_by uuid NOT NULL DEFAULT auth.uid(),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.members (
    room_id bigint NOT NULL REFERENCES public.rooms ON DELETE CASCADE,
    user_id uuid NOT NULL,
    PRIMARY KEY (room_id, user_id)
);

CREATE TABLE public.messages (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id    bigint NOT NULL REFERENCES public.rooms ON DELETE CASCADE,
    user_id    uuid NOT NULL DEFAULT auth.uid(),
    body       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX messages_by_room ON public.messages (room_id, created_at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON public.rooms, public.members, public.messages TO authenticated;
