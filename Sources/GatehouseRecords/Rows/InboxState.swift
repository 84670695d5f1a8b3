/// The numbers of webhooks that wait in an inbox.
public struct InboxState: Sendable, Hashable {
    /// How many webhooks have still to be handled.
    public var pending: Int
    /// How many dead letters there are.
    public var dead: Int

    /// Makes a state.
    public init(pending: Int, dead: Int) {
        (self.pending, self.dead) = (pending, dead)
    }
}
