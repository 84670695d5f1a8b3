public import GatehouseBase
import GatehouseTokens

/// An endpoint to which chosen audit records are sent.
///
/// ```swift
/// let endpoint = try ComplianceEndpoint(url: "https://siem.example.com/hook", secret: secret, types: ["user.deleted"])
/// let records = try await SQLiteRecords(path: "gatehouse.db", audit: .init(compliance: endpoint))
/// let sender = ComplianceSender(records, to: endpoint, transport: CurlTransport())
/// ```
public struct ComplianceEndpoint: Sendable {
    /// The address: https, or http to this machine.
    public let url: String
    /// The secret by which the endpoint verifies signatures.
    public let secret: WebhookSecret
    /// The types of records that are sent.
    public let types: [String]
    /// The schedule by which a record is sent again after a failure.
    public let retry: RetrySchedule

    /// Makes an endpoint.
    ///
    /// - Throws: `SettingError` for an address that is neither https nor http to this machine, and for an empty list of types.
    public init(
        url: String,
        secret: WebhookSecret,
        types: [String],
        retry: RetrySchedule = RetrySchedule()
    ) throws(SettingError) {
        guard RemoteAddress(url)?.isAcceptable == true else {
            throw SettingError(.malformed, "url", "the compliance endpoint is https, or http to this machine")
        }
        guard !types.isEmpty else {
            throw SettingError(.missing, "types", "name the types of records that are sent, such as user.deleted")
        }
        (self.url, self.secret, self.types, self.retry) = (url, secret, types, retry)
    }
}
