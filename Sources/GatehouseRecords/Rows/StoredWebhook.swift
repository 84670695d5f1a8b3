public import GatehouseBase

/// A webhook in the inbox, with its state.
public struct StoredWebhook: Sendable, Hashable {
    /// The state of a webhook in the inbox.
    public enum State: String, Sendable, CaseIterable {
        /// Handlers have still to run.
        case pending
        /// The webhook took effect, or has no effect.
        case done
        /// The webhook failed too often, or is not an event. It stays until an operator replays it.
        case dead
    }

    /// The webhook's number in the order of arrival, from 1; 0 before it is stored.
    public var number: Int64
    /// The sender, such as `clerk`: ids are unique there.
    public var source: String
    /// The sender's id, which is equal in all attempts of a delivery.
    public var id: String
    /// The event's type; `nil` if the webhook is not an event.
    public var type: String?
    /// The object of the event, as kind and id; `nil` if it is unknown. Events of one object run one after another.
    public var object: String?
    /// The id of the user whose data the webhook has; `nil` if there is no such user, or if the user is unknown.
    public var user: String?
    /// The time of arrival.
    public var received: Timestamp
    /// The body, byte for byte.
    public var body: [UInt8]
    /// The state of the webhook in the inbox.
    public var state: State
    /// The number of times that the handlers were started.
    public var attempts: Int
    /// The time before which the handlers do not run (again). A process that takes the webhook moves this time, so that no other process
    /// takes it: a lease.
    public var due: Timestamp
    /// True if the directory has taken the event.
    public var isApplied: Bool
    /// The reason of the last failure.
    public var error: String?

    /// Makes a webhook that was not stored yet.
    public init(
        source: String,
        id: String,
        type: String?,
        object: String?,
        user: String? = nil,
        received: Timestamp,
        body: [UInt8],
        state: State,
        isApplied: Bool = false,
        error: String? = nil
    ) {
        number = 0
        self.source = source
        self.id = id
        self.type = type
        self.object = object
        self.user = user
        self.received = received
        self.body = body
        self.state = state
        attempts = 0
        due = received
        self.isApplied = isApplied
        self.error = error
    }
}

/// The rows of the inbox.
public protocol WebhookRows {
    /// Stores a webhook, unless the inbox has a webhook with the same source and id.
    ///
    /// - Returns: The number; `nil` if the inbox already had the webhook.
    func insert(_ webhook: StoredWebhook) throws -> Int64?

    /// Stores several webhooks, each as a single call does. A store with a server sends them all at once.
    ///
    /// - Returns: The number of each; `nil` for a webhook that the inbox already had.
    func insert(_ webhooks: [StoredWebhook]) throws -> [Int64?]

    /// Returns a webhook by the sender's id.
    func webhook(source: String, id: String) throws -> StoredWebhook?

    /// Returns pending webhooks that are due, those with the earliest due time first. A webhook is left out if an earlier pending webhook
    /// of its object is not due, or comes later in this order.
    func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook]

    /// Returns the time at which the next pending webhook is due; `nil` if none is pending.
    func nextDue(of source: String) throws -> Timestamp?

    /// Returns the numbers of waiting webhooks and of dead letters of a source.
    func inboxState(of source: String) throws -> InboxState

    /// Returns the arrival of the oldest webhook, pending or dead, that the directory has not taken yet; `nil` if there is none.
    func oldestUnapplied() throws -> Timestamp?

    /// Marks dead letters from before a time as taken by the directory, since the directory was compared with its original later.
    func settleDeadLetters(of source: String, receivedBefore time: Timestamp) throws

    /// Writes state, attempts, due, isApplied and error of a webhook that is stored.
    func update(_ webhook: StoredWebhook) throws

    /// Returns webhooks in the order of arrival.
    ///
    /// - Parameters:
    ///   - state: The state of the webhooks; `nil` for any state.
    ///   - number: The number before the first webhook.
    ///   - limit: The largest number of webhooks.
    func webhooks(in state: StoredWebhook.State?, after number: Int64, limit: Int) throws -> [StoredWebhook]

    /// Forgets webhooks that are done and arrived before a time.
    ///
    /// - Returns: The number of these webhooks.
    func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int

    /// Empties the bodies of webhooks with a user's data. Pending webhooks are then marked as done.
    ///
    /// - Parameters:
    ///   - user: The user's id.
    ///   - source: The source of the webhooks.
    ///   - includingPending: True to include pending webhooks.
    /// - Returns: The number of these webhooks.
    func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int

    /// Returns the last version of an object that an application's handlers have seen; `nil` if they have seen none.
    func deliveredVersion(of object: String, source: String) throws -> DeliveredVersion?

    /// Writes the version that handlers have seen.
    func setDelivered(_ version: DeliveredVersion, of object: String, source: String) throws
}

extension WebhookRows {
    public func insert(_ webhooks: [StoredWebhook]) throws -> [Int64?] { try webhooks.map { try insert($0) } }
}

/// The version of an object that an application's handlers have seen.
public struct DeliveredVersion: Sendable, Hashable {
    /// The version.
    public var version: ObjectVersion
    /// True if the state was a deletion, after which no state follows.
    public var isDeletion: Bool

    /// Makes a version.
    public init(_ version: ObjectVersion, isDeletion: Bool) {
        self.version = version
        self.isDeletion = isDeletion
    }
}
