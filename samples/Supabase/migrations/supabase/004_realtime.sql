-- Migration: browsers hear of new messages as they are written
-- Rollback: ALTER PUBLICATION supabase_realtime DROP TABLE public.messages;

ALTER PUBLICATION supabase_realtime ADD TABLE public.messages;

-- So that listeners learn what was deleted, not only its key.
ALTER TABLE public.messages REPLICA IDENTITY FULL;
