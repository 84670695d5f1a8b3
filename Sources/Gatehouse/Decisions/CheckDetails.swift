/// The details of a check besides the principal and the permission.
struct CheckDetails {
    var resource: Resource?
    var action: JSONValue = [:]
    var context: JSONValue = [:]
}

extension AccessCheck {
    var details: CheckDetails { CheckDetails(resource: resource, action: action, context: context) }

    init(_ permission: Permission, by principal: Principal, _ details: CheckDetails, at time: Timestamp) {
        self.init(
            permission,
            by: principal,
            on: details.resource,
            action: details.action,
            context: details.context,
            at: time
        )
    }
}
