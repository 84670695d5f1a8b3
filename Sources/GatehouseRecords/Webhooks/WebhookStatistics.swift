/// The numbers of webhooks and attempts since a receiver was made.
public struct WebhookStatistics: Sendable, Hashable {
    /// Webhooks that were stored.
    public var stored: UInt64 = 0
    /// Webhooks that came again.
    public var repeated: UInt64 = 0
    /// Requests whose signature was missing, stale or wrong.
    public var refused: UInt64 = 0
    /// Requests with a body that was too large.
    public var tooLarge: UInt64 = 0
    /// Requests that the sender has to send again, since the store or the bus failed.
    public var unavailable: UInt64 = 0
    /// Webhooks whose handlers ran to the end, or that had none when they were due.
    public var handled: UInt64 = 0
    /// Attempts that failed, and are made again.
    public var failed: UInt64 = 0
    /// Webhooks that became dead letters.
    public var deadLetters: UInt64 = 0

    /// Nothing yet.
    public init() {}

    mutating func count(_ reception: WebhookReception) {
        switch reception {
        case .stored: stored &+= 1
        case .repeated: repeated &+= 1
        case .refused: refused &+= 1
        case .tooLarge: tooLarge &+= 1
        case .unavailable: unavailable &+= 1
        }
    }
}
