public import GatehouseBase

/// A webhook in the inbox, with what became of it.
public struct StoredWebhook: Sendable, Hashable {
    /// The state of a webhook in the inbox.
    public enum State: String, Sendable, CaseIterable {
        /// Handlers have still to run.
        case pending
        /// It took effect, or there was nothing to do.
        case done
        /// It failed too often, or is no event. It stays until somebody replays it.
        case dead
    }

    /// Its place in the order of arrival, from 1; 0 before it is stored.
    public var number: Int64
    /// Who sent it, such as `clerk`: ids are unique there.
    public var source: String
    /// The sender's id, the same for each attempt to deliver it.
    public var id: String
    /// The event's type; `nil` if it is no event.
    public var type: String?
    /// The object that it is about, as kind and id; `nil` if none is known. Events of one object run one after another.
    public var object: String?
    /// The id of the user whose data it has; `nil` if of nobody or of nobody known.
    public var user: String?
    /// When it arrived.
    public var received: Timestamp
    /// The body, byte for byte.
    public var body: [UInt8]
    /// The state of the webhook in the inbox.
    public var state: State
    /// How often its handlers were begun.
    public var attempts: Int
    /// Not before this time they are tried (again). Whoever takes it moves this on, so that nobody else does: a lease.
    public var due: Timestamp
    /// True if the directory has taken what it says.
    public var isApplied: Bool
    /// Why it failed the last time.
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
    /// Stores a webhook, unless one of the same source and id is there.
    ///
    /// - Returns: Its number; `nil` if one was there.
    func insert(_ webhook: StoredWebhook) throws -> Int64?

    /// Stores webhooks one after another, each as by itself. A store that asks a server does so for all of them at once.
    ///
    /// - Returns: The number of each; `nil` for one that was there.
    func insert(_ webhooks: [StoredWebhook]) throws -> [Int64?]

    /// A webhook by the sender's id.
    func webhook(source: String, id: String) throws -> StoredWebhook?

    /// Pending webhooks that are due, those first that have been due for longest, but for those whose object has an earlier one pending
    /// that is not due or stands behind in this order.
    func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook]

    /// When the next pending webhook is due; `nil` if none is pending.
    func nextDue(of source: String) throws -> Timestamp?

    /// How many webhooks of a source wait, and how many are dead letters.
    func inboxState(of source: String) throws -> InboxState

    /// When the oldest webhook arrived that the directory has not taken yet, be it pending or a dead letter; `nil` if there is none.
    func oldestUnapplied() throws -> Timestamp?

    /// Counts dead letters that arrived before a time as taken by the directory: it was compared with its original since.
    func settleDeadLetters(of source: String, receivedBefore time: Timestamp) throws

    /// Writes state, attempts, due, isApplied and error of a webhook that is stored.
    func update(_ webhook: StoredWebhook) throws

    /// Webhooks in the order of arrival.
    ///
    /// - Parameters:
    ///   - state: The state that they are in; `nil` for any.
    ///   - number: Only those after this one.
    ///   - limit: The greatest number of webhooks.
    func webhooks(in state: StoredWebhook.State?, after number: Int64, limit: Int) throws -> [StoredWebhook]

    /// Forgets webhooks that are done and arrived before a time.
    ///
    /// - Returns: How many these were.
    func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int

    /// Empties the bodies of webhooks that have a user's data; those that are pending are done with it.
    ///
    /// - Parameters:
    ///   - user: The user's id.
    ///   - source: The source of the webhooks.
    ///   - includingPending: True to empty also those that are pending.
    /// - Returns: How many these were.
    func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int

    /// The version of an object that an application's handlers have last seen; `nil` if they have seen none.
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
    /// True if it was a deletion, after which nothing comes.
    public var isDeletion: Bool

    /// Makes a version.
    public init(_ version: ObjectVersion, isDeletion: Bool) {
        self.version = version
        self.isDeletion = isDeletion
    }
}
