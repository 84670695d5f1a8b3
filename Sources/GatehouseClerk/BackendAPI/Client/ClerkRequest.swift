/// A request to Clerk's Backend API, for operations without a method of their own.
///
/// ```swift
/// let answer = try await clerk.send(ClerkRequest("BanUser", path: ["user_1"]))
/// ```
public struct ClerkRequest: Sendable, Hashable {
    /// The operation's name at Clerk (`operationId` of Clerk's OpenAPI document).
    public var operation: String
    /// The ids of the path, in their order.
    public var path: [String]
    /// The members of the query. An array becomes one parameter for each of its elements.
    public var query: JSONValue
    /// The body; `nil` if there is none. The body of a form is an object of texts.
    public var body: JSONValue?
    /// The file of a form; `nil` if there is none.
    public var file: ClerkFile?

    /// Makes a request.
    public init(
        _ operation: String,
        path: [String] = [],
        query: JSONValue = [:],
        body: JSONValue? = nil,
        file: ClerkFile? = nil
    ) {
        self.operation = operation
        self.path = path
        self.query = query
        self.body = body
        self.file = file
    }
}

/// A file to send, such as a logo.
public struct ClerkFile: Sendable, Hashable {
    /// The name of the file.
    public var name: String
    /// The media type, such as `image/png`.
    public var mediaType: String
    /// The content.
    public var bytes: [UInt8]

    /// Makes a file.
    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

extension ClerkRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The operation. Ids and members may be secrets, and are not shown.
    public var description: String { operation.printable }
    /// The ``description``.
    public var debugDescription: String { description }
    /// The ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["operation": description]) }
}
