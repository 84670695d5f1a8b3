/// The objects of Clerk's events, with one type for each schema of the webhooks of 2025-04-15.
public enum ClerkPayload {}
