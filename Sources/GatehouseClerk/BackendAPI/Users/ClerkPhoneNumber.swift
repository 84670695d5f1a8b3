/// A phone number of a user.
public struct ClerkPhoneNumber: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkPhoneNumber {
    /// The number, with country code.
    public var phoneNumber: String? { json.text("phone_number") }
    /// True if the user proved the number.
    public var isVerified: Bool { json["verification"]?.text("status") == "verified" }
    /// True if codes are sent to the number as a second factor.
    public var isSecondFactor: Bool? { json.flag("reserved_for_second_factor") }
}
