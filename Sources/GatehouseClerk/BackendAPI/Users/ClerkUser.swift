/// A user.
public struct ClerkUser: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkUser {
    /// The id in another system.
    public var externalID: String? { json.text("external_id") }
    /// The user name.
    public var username: String? { json.text("username") }
    /// The first name.
    public var firstName: String? { json.text("first_name") }
    /// The last name.
    public var lastName: String? { json.text("last_name") }
    /// The address that mail is sent to.
    public var primaryEmailAddress: String? {
        emailAddresses.first { $0.id == json.text("primary_email_address_id") }?.emailAddress
    }
    /// The addresses.
    public var emailAddresses: [ClerkEmailAddress] { json.objects("email_addresses") }
    /// True if the user has a password.
    public var hasPassword: Bool? { json.flag("password_enabled") }
    /// True if the user has a second factor.
    public var hasSecondFactor: Bool? { json.flag("two_factor_enabled") }
    /// True if the user has an authenticator application.
    public var hasTOTP: Bool? { json.flag("totp_enabled") }
    /// True if the user has backup codes.
    public var hasBackupCodes: Bool? { json.flag("backup_code_enabled") }
    /// True if the user may not sign in.
    public var isBanned: Bool? { json.flag("banned") }
    /// True if the user may not sign in for now.
    public var isLocked: Bool? { json.flag("locked") }
    /// True if the directory of the user's organization took the user away.
    public var isDeprovisioned: Bool? { json.flag("deprovisioned") }
    /// The time of the user's last sign-in.
    public var lastSignInAt: Timestamp? { json.time("last_sign_in_at") }
    /// The time at which the user was seen last, to the day.
    public var lastActiveAt: Timestamp? { json.time("last_active_at") }
    /// The time of the last change of the password.
    public var passwordUpdatedAt: Timestamp? { json.time("password_last_updated_at") }
    /// The metadata that the front end may read; an empty object if there is none.
    public var publicMetadata: JSONValue { json.metadata("public_metadata") }
    /// The metadata that only servers may read; an empty object if there is none.
    public var privateMetadata: JSONValue { json.metadata("private_metadata") }
    /// The metadata that the user may write; an empty object if there is none.
    public var unsafeMetadata: JSONValue { json.metadata("unsafe_metadata") }
}
