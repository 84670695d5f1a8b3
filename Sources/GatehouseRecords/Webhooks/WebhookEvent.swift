public import GatehouseBase

/// The event in a webhook's body.
public struct WebhookEvent: Sendable {
    /// The meaning of an event for the life of its object.
    public enum Phase: Sendable {
        /// The object's state, new or changed.
        case state
        /// The deletion of the object.
        case deletion
        /// An occurrence, which happened to the object and is not a state of it.
        case occurrence
    }

    /// The type, such as `user.created`.
    public var type: String
    /// The object, as kind and id; `nil` if the event has none.
    public var object: String?
    /// The kind of object, such as `user`: the part before the dot.
    public var kind: String
    /// The id of the user whose data the event has; `nil` if there is no such user, or if the user is unknown.
    public var user: String?
    /// The meaning of the event for the life of the object.
    public var phase: Phase
    /// The version of the object.
    public var version: ObjectVersion
    /// The time of the event.
    public var time: Timestamp
    /// The changes that the directory takes from the event.
    public var changes: [DirectoryChange]
    /// The record for the audit log; `nil` if there is none.
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

/// A source of webhooks, which interprets their bodies.
public protocol WebhookSource: Sendable {
    /// The source's name in the store.
    var name: String { get }

    /// The names of the fields for the id, the time and the signatures.
    var fieldNames: [WebhookFieldNames] { get }

    /// Reads a body.
    ///
    /// - Throws: ``WebhookFormatError`` if the body is not an event.
    func event(_ body: [UInt8], id: String, received: Timestamp) throws(WebhookFormatError) -> WebhookEvent
}

/// The reason why a body is not an event, or has another form than its type requires. The message contains no part of the body.
public struct WebhookFormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence about the fault.
    public let message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// A type of event with the type of its data, for the registration of a handler.
public struct WebhookEventType<Payload: Sendable>: Sendable {
    /// The name, such as `user.created`.
    public let name: String
    let payload: @Sendable (WebhookEvent) throws -> Payload

    /// Makes a type.
    ///
    /// - Parameters:
    ///   - name: The name, such as `user.created`.
    ///   - payload: A closure that reads the data. If it throws, the event is tried again and finally becomes a dead letter.
    public init(_ name: String, payload: @escaping @Sendable (WebhookEvent) throws -> Payload) {
        self.name = name
        self.payload = payload
    }
}
