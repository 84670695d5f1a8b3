public import GatehouseBase

/// A webhook in the inbox, with its state.
public struct StoredWebhook: Sendable, Hashable {
    /// The state of a webhook in the inbox.
    public enum State: String, Sendable, CaseIterable {
        /// Handlers have still to run.
        case pending
        /// The webhook took effect, or had none.
        case done
        /// The webhook failed too often, or is no event. It stays until an operator replays it.
        case dead
    }

    /// The webhook's number in the order of arrival, from 1; 0 before it is stored.
    public var number: Int64
    /// The sender, such as `clerk`: ids are unique there.
    public var source: String
    /// The sender's id, the same for each attempt to deliver it.
    public var id: String
    /// The event's type; `nil` if it is no event.
    public var type: String?
    /// The object of the event, as kind and id; `nil` if none is known. Events of one object run one after another.
    public var object: String?
    /// The id of the user whose data the webhook has; `nil` if it has none, or the user is unknown.
    public var user: String?
    /// The time of arrival.
    public var received: Timestamp
    /// The body, byte for byte.
    public var body: [UInt8]
    /// The state of the webhook in the inbox.
    public var state: State
    /// The number of times that its handlers were begun.
    public var attempts: Int
    /// The time before which its handlers do not run (again). A process that takes the webhook moves this time on, so that no other takes
    /// it: a lease.
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
    /// Stores a webhook, unless one of the same source and id is there.
    ///
    /// - Returns: The number; `nil` if there was one already.
    func insert(_ webhook: StoredWebhook) throws -> Int64?

    /// Stores webhooks one after another, each as by itself. A store that asks a server does so for all of them at once.
    ///
    /// - Returns: The number of each; `nil` for one that was there already.
    func insert(_ webhooks: [StoredWebhook]) throws -> [Int64?]

    /// Returns a webhook by the sender's id.
    func webhook(source: String, id: String) throws -> StoredWebhook?

    /// Pending webhooks that are due, those first that have been due for longest, but for those whose object has an earlier one pending
    /// that is not due or stands behind in this order.
    func dueWebhooks(of source: String, at time: Timestamp, limit: Int) throws -> [StoredWebhook]

    /// Returns the time at which the next pending webhook is due; `nil` if none is pending.
    func nextDue(of source: String) throws -> Timestamp?

    /// Returns the numbers of waiting webhooks and of dead letters of a source.
    func inboxState(of source: String) throws -> InboxState

    /// Returns the arrival of the oldest webhook, pending or dead, that the directory has not taken yet; `nil` if there is none.
    func oldestUnapplied() throws -> Timestamp?

    /// Marks dead letters that arrived before a time as taken by the directory, which was compared with its original since.
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
    /// - Returns: The number of these webhooks.
    func removeDoneWebhooks(receivedBefore time: Timestamp) throws -> Int

    /// Empties the bodies of webhooks that have a user's data; those that are pending are done with it.
    ///
    /// - Parameters:
    ///   - user: The user's id.
    ///   - source: The source of the webhooks.
    ///   - includingPending: True to empty also those that are pending.
    /// - Returns: The number of these webhooks.
    func eraseBodies(ofUser user: String, source: String, includingPending: Bool) throws -> Int

    /// Returns the version of an object that an application's handlers have last seen; `nil` if they have seen none.
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
