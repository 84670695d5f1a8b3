/// The numbers of webhooks that wait in an inbox.
public struct InboxState: Sendable, Hashable {
    /// The number of webhooks that have still to be handled.
    public var pending: Int
    /// The number of dead letters.
    public var dead: Int

    /// Makes a state.
    public init(pending: Int, dead: Int) {
        (self.pending, self.dead) = (pending, dead)
    }
}
