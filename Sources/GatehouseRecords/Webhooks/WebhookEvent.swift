public import GatehouseBase

/// The event that a webhook's body tells of.
public struct WebhookEvent: Sendable {
    /// The meaning of an event for the life of its object.
    public enum Phase: Sendable {
        /// The object's state, be it new or changed.
        case state
        /// The object is gone for good.
        case deletion
        /// Something that happened; its object is only what it happened to.
        case occurrence
    }

    /// The type, such as `user.created`.
    public var type: String
    /// The object, as kind and id; `nil` if the event names none.
    public var object: String?
    /// The kind of object, such as `user`: what stands before the dot.
    public var kind: String
    /// The id of the user whose data it has; `nil` if of nobody or of nobody known.
    public var user: String?
    /// The meaning of the event for the life of the object.
    public var phase: Phase
    /// The version of the object.
    public var version: ObjectVersion
    /// The time of the event.
    public var time: Timestamp
    /// The changes that the directory takes from the event.
    public var changes: [DirectoryChange]
    /// The record that the audit log keeps of the event; `nil` if none.
    public var record: AuditRecord?
    /// The whole body.
    public var content: JSONValue

    /// Makes an event.
    public init(
        type: String,
        object: String?,
        kind: String,
        user: String? = nil,
        phase: Phase,
        version: ObjectVersion,
        time: Timestamp,
        changes: [DirectoryChange] = [],
        record: AuditRecord? = nil,
        content: JSONValue
    ) {
        self.type = type
        self.object = object
        self.kind = kind
        self.user = user
        self.phase = phase
        self.version = version
        self.time = time
        self.changes = changes
        self.record = record
        self.content = content
    }
}

/// Whoever sends webhooks: what their bodies mean.
public protocol WebhookSource: Sendable {
    /// The source's name in the store.
    var name: String { get }

    /// Under which names its webhooks carry their id, time and signatures.
    var fieldNames: [WebhookFieldNames] { get }

    /// Reads a body.
    ///
    /// - Throws: ``WebhookFormatError`` where it is no event.
    func event(_ body: [UInt8], id: String, received: Timestamp) throws(WebhookFormatError) -> WebhookEvent
}

/// The reason why a body is no event, or lacks the form of its type. The message shows nothing of the body.
public struct WebhookFormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence.
    public let message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// A type of event and what its data are: what a handler is registered by.
public struct WebhookEventType<Payload: Sendable>: Sendable {
    /// The name, such as `user.created`.
    public let name: String
    let payload: @Sendable (WebhookEvent) throws -> Payload

    /// Makes a type.
    ///
    /// - Parameters:
    ///   - name: The name, such as `user.created`.
    ///   - payload: Reads the data; where it throws, the event is tried again and becomes a dead letter.
    public init(_ name: String, payload: @escaping @Sendable (WebhookEvent) throws -> Payload) {
        self.name = name
        self.payload = payload
    }
}
