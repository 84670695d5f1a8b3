extension Requirement {
    /// The name of a permission in a requirement. Nobody meets a requirement with a malformed name, such as a pattern, under `not` as well.
    /// The check of the requirements at a server's start reports the name.
    public struct PermissionName: Sendable, Hashable, CustomStringConvertible {
        /// The permission, or the fault of its name.
        public let permission: Result<Permission, NameError>

        /// Makes a name of any text.
        public init(_ name: String) {
            do throws(NameError) {
                permission = .success(try Permission(validating: name))
            } catch {
                permission = .failure(error)
            }
        }

        /// Makes the name of a permission.
        public init(_ permission: Permission) {
            self.permission = .success(permission)
        }

        /// The name; of a malformed name as much as is fit for a log.
        public var description: String {
            switch permission {
            case .success(let permission): permission.name
            case .failure(let error): error.text
            }
        }
    }

    /// The principal holds the permission, for a resource that the path names or, without one, for the context's resource.
    ///
    /// - Parameters:
    ///   - name: The permission's name. A malformed name does not end the program: nobody has such a permission.
    ///   - resource: The resource that the path names; `nil` for the resource of the context.
    public static func permission(_ name: String, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(name), on: resource)
    }

    /// Returns the requirement of a typed permission.
    public static func permission(_ permission: Permission, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(permission), on: resource)
    }
}
