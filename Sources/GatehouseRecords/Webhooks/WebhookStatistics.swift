/// The numbers of webhooks and attempts since a receiver was made.
public struct WebhookStatistics: Sendable, Hashable {
    /// The number of webhooks that were stored.
    public var stored: UInt64 = 0
    /// The number of webhooks that came again.
    public var repeated: UInt64 = 0
    /// The number of requests whose signature was missing, stale or wrong.
    public var refused: UInt64 = 0
    /// The number of requests with a body that was too large.
    public var tooLarge: UInt64 = 0
    /// The number of requests that the sender has to send again, since the store or the bus failed.
    public var unavailable: UInt64 = 0
    /// The number of webhooks whose handlers ran to the end, or that had no handlers when they were due.
    public var handled: UInt64 = 0
    /// The number of failed attempts that are made again.
    public var failed: UInt64 = 0
    /// The number of webhooks that became dead letters.
    public var deadLetters: UInt64 = 0

    /// Makes empty statistics.
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
