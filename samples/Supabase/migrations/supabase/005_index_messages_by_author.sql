-- Migration: find what somebody wrote, without locking the table meanwhile
-- Transaction: none
-- Rollback: DROP INDEX public.messages_by_author;

CREATE INDEX CONCURRENTLY messages_by_author ON public.messages (user_id);
