/// The description of a decision's request, for records.
public struct RequestDescription: Sendable, Hashable {
    /// The request's id.
    public var id: String
    /// The address from which the request came; `nil` if it is unknown.
    public var address: String?
    /// The client's own name; `nil` if the request has none.
    public var userAgent: String?

    /// Makes a description.
    public init(id: String, address: String? = nil, userAgent: String? = nil) {
        self.id = id
        self.address = address
        self.userAgent = userAgent
    }

    /// The request that the current task answers. A host sets the value around decisions and handlers.
    @TaskLocal public static var current: RequestDescription?
}
