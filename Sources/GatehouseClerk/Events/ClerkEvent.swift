public import GatehouseBase
public import GatehouseRecords

/// An event in a webhook of Clerk's, with its typed data.
public struct ClerkEvent<Data: ClerkEventData>: Sendable {
    /// The type, such as `user.created`.
    public let type: String
    /// The time of the event.
    public let time: Timestamp
    /// The Clerk instance of the event; `nil` if the event does not contain it.
    public let instanceID: String?
    /// The address of the request that caused the event; `nil` if there was no request, or if the event does not contain it.
    public let address: String?
    /// The user agent of the request, unchanged; `nil` if there was no request, or if the event does not contain it.
    public let userAgent: String?
    /// The object of the event.
    public let data: Data
    /// The whole body.
    public let content: JSONValue

    init(_ event: WebhookEvent) throws(WebhookFormatError) {
        type = event.type
        time = event.time
        instanceID = event.content["instance_id"]?.string
        let request = event.content["event_attributes"]?["http_request"]
        address = request?["client_ip"]?.string
        userAgent = request?["user_agent"]?.string
        data = try Data(ClerkEventObject(event.content["data"] ?? .null))
        content = event.content
    }
}

/// The object of an event.
public protocol ClerkEventData: Sendable {
    /// Reads the member `data` of an event.
    ///
    /// - Throws: `WebhookFormatError` if a member is missing without which the object means nothing.
    init(_ object: ClerkEventObject) throws(WebhookFormatError)
}

/// An object in an event, with its members by name. A member of another type than the requested type counts as absent; ``value`` has all
/// members.
public struct ClerkEventObject: Sendable, Hashable {
    /// The object, whole.
    public let value: JSONValue

    /// Reads a JSON value.
    public init(_ value: JSONValue) {
        self.value = value
    }

    /// Returns a text.
    public func text(_ name: String) -> String? { value[name]?.string }

    /// Returns a text that is not empty, and without which the object means nothing.
    public func requiredText(_ name: String) throws(WebhookFormatError) -> String {
        guard let text = text(name), !text.isEmpty else { throw WebhookFormatError("the event's data have no \(name)") }
        return text
    }

    /// Returns a truth value.
    public func flag(_ name: String) -> Bool? {
        if case .bool(let flag) = value[name] { flag } else { nil }
    }

    /// Returns a whole number.
    public func number(_ name: String) -> Int? {
        if case .number(let number) = value[name] { number.int } else { nil }
    }

    /// Returns a time in milliseconds since 1970.
    public func time(_ name: String) -> Timestamp? {
        number(name).map { Timestamp(clampingMilliseconds: Int64($0)) }
    }

    /// Returns an object.
    public func object(_ name: String) -> ClerkEventObject? {
        if case .object = value[name] { value[name].map { ClerkEventObject($0) } } else { nil }
    }

    /// Returns the objects of a list.
    public func objects(_ name: String) -> [ClerkEventObject] {
        guard case .array(let elements) = value[name] else { return [] }
        return elements.map { ClerkEventObject($0) }
    }

    /// Returns the texts of a list.
    public func texts(_ name: String) -> [String] {
        guard case .array(let elements) = value[name] else { return [] }
        return elements.compactMap(\.string)
    }

    /// Returns an object as JSON, such as metadata; empty if the member is absent.
    public func json(_ name: String) -> JSONValue { object(name)?.value ?? [:] }
}
