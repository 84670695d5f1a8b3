package import Logging

/// The names of the metadata of log lines. They never change. The documentation's page “Logging” lists them.
package enum LogKey: String {
    case requestID = "gatehouse.request.id"
    case status = "gatehouse.status"
    case reasonCode = "gatehouse.reason.code"
    case reasonMessage = "gatehouse.reason.message"
    case principal = "gatehouse.principal.id"
    case organization = "gatehouse.organization.id"
    case route = "gatehouse.route"
    case keysAddress = "gatehouse.keys.address"
    case keysReason = "gatehouse.keys.reason"
    case keysRefused = "gatehouse.keys.refused"
    case keysRefusedCount = "gatehouse.keys.refused.count"
    case keysSeconds = "gatehouse.keys.seconds"
    case membershipsReason = "gatehouse.memberships.reason"
    case busReason = "gatehouse.bus.reason"
    case policyRevision = "gatehouse.policy.revision"
    case policyRevisionBefore = "gatehouse.policy.revision.before"
    case policyReason = "gatehouse.policy.reason"
}

extension Logger {
    /// Writes a line.
    package func log(_ level: Level, _ message: Message, _ values: @autoclosure () -> [LogKey: MetadataValue]) {
        // The values are made only for a line that is written.
        guard level >= logLevel else { return }
        log(level: level, message, metadata: Dictionary(uniqueKeysWithValues: values().map { ($0.rawValue, $1) }))
    }
}
