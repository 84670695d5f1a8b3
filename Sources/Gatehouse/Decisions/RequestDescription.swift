/// The request that a decision is for, as records name it.
public struct RequestDescription: Sendable, Hashable {
    /// The request's id.
    public var id: String
    /// The address that it came from; `nil` if nobody knows.
    public var address: String?
    /// The client's name for itself; `nil` if it does not say.
    public var userAgent: String?

    /// Makes a description.
    public init(id: String, address: String? = nil, userAgent: String? = nil) {
        self.id = id
        self.address = address
        self.userAgent = userAgent
    }

    /// The request that the current task answers. A host sets it around what decides and what handles the request.
    @TaskLocal public static var current: RequestDescription?
}
