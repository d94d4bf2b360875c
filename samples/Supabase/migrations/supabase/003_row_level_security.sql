-- Migration: members see their rooms; everybody writes in their own name only
-- Requires: 002
-- Lint: ignore MIG5051, MIG5060 the tables are new, and nobody is to see them without policies

ALTER TABLE public.rooms ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

-- Runs with its owner's rights: a policy on members that reads members would call itself.
CREATE FUNCTION public.is_member(room bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT EXISTS (SELECT FROM public.members WHERE room_id = room AND user_id = auth.uid());
$$;

CREATE POLICY "Members see their rooms" ON public.rooms
    FOR SELECT TO authenticated USING (public.is_member(id));
CREATE POLICY "Anyone signed in opens rooms" ON public.rooms
    FOR INSERT TO authenticated WITH CHECK (created_by = (SELECT auth.uid()));

CREATE POLICY "Members see each other" ON public.members
    FOR SELECT TO authenticated USING (public.is_member(room_id));

CREATE POLICY "Members read messages" ON public.messages
    FOR SELECT TO authenticated USING (public.is_member(room_id));
CREATE POLICY "Members write in their own name" ON public.messages
    FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()) AND public.is_member(room_id));
CREATE POLICY "Authors delete what they wrote" ON public.messages
    FOR DELETE TO authenticated USING (user_id = (SELECT auth.uid()));
