/** Permissions of the app (app identity), as an administrator grants them in the developer console. */

/** What the stand-in's app holds unless a test says otherwise: messages, files and the directory; no group listening. */
export const usualScopes: readonly string[] = [
  'im:message:send_as_bot',
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message:readonly',
  'im:message:update',
  'im:message:recall',
  'im:message.urgent',
  'im:resource',
  'im:chat:readonly',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.id:readonly',
  'contact:user.email:readonly',
  'contact:department.base:readonly',
  'contact:department.organize:readonly',
];

/** Any one of them opens the messages APIs that send. */
export const mayWrite = ['im:message', 'im:message:send_as_bot', 'im:message:send'];
/** … that change a sent card. */
export const mayUpdate = ['im:message', 'im:message:send_as_bot', 'im:message:update'];
/** … that recall. */
export const mayRecall = ['im:message', 'im:message:send_as_bot', 'im:message:recall'];
/** … that ring somebody about a message; the second is its older name. */
export const mayBuzz = ['im:message.urgent', 'im:message.urgent:app_send'];
/** … that read messages and what is attached to them. */
export const mayRead = ['im:message', 'im:message:readonly', 'im:message.history:readonly'];
/** … that tell of recalls. */
export const mayKnowRecalls = ['im:message', 'im:message:readonly'];
/** … that tell who is in a group. */
export const mayKnowGroups = ['im:chat.members:bot_access', 'im:chat', 'im:chat:readonly'];
/** … that upload files. */
export const mayUpload = ['im:resource', 'im:resource:upload'];
/** … that read the directory. */
export const mayReadContact = ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'];

/** Broad scopes of earlier years that unlock all but the sensitive fields. */
const broad = ['contact:contact:readonly_as_app', 'contact:contact:access_as_app'];

/** Which scope unlocks a field of a user; fields not named here always come. */
const userFields: Readonly<Record<string, string>> = {
  name: 'contact:user.base:readonly',
  en_name: 'contact:user.base:readonly',
  avatar: 'contact:user.base:readonly',
  department_ids: 'contact:user.department:readonly',
  leader_user_id: 'contact:user.department:readonly',
  orders: 'contact:user.department:readonly',
  status: 'contact:user.employee:readonly',
  job_title: 'contact:user.employee:readonly',
  employee_no: 'contact:user.employee:readonly',
  employee_type: 'contact:user.employee:readonly',
  join_time: 'contact:user.employee:readonly',
  is_tenant_manager: 'contact:user.employee:readonly',
  user_id: 'contact:user.employee_id:readonly',
  email: 'contact:user.email:readonly',
  mobile: 'contact:user.phone:readonly',
};

/** Which scope unlocks a field of a department. */
const departmentFields: Readonly<Record<string, string>> = {
  name: 'contact:department.base:readonly',
  department_id: 'contact:department.base:readonly',
  status: 'contact:department.base:readonly',
  parent_department_id: 'contact:department.organize:readonly',
  leader_user_id: 'contact:department.organize:readonly',
  leaders: 'contact:department.organize:readonly',
  order: 'contact:department.organize:readonly',
  member_count: 'contact:department.organize:readonly',
};

/** Fields that even the broad scopes leave closed. */
const sensitive = new Set(['user_id', 'email', 'mobile']);

type Fields = Readonly<Record<string, unknown>>;

function unlocked(
  fields: Fields,
  locks: Readonly<Record<string, string>>,
  scopes: ReadonlySet<string>,
): Fields {
  const open = (field: string): boolean => {
    const lock = locks[field];
    if (lock === undefined || scopes.has(lock)) return true;
    return !sensitive.has(field) && broad.some((scope) => scopes.has(scope));
  };
  return Object.fromEntries(Object.entries(fields).filter(([field]) => open(field)));
}

/** A user object without the fields that the app may not see: left out, no error. */
export const seenUser = (fields: Fields, scopes: ReadonlySet<string>): Fields =>
  unlocked(fields, userFields, scopes);

/** The same for a department object. */
export const seenDepartment = (fields: Fields, scopes: ReadonlySet<string>): Fields =>
  unlocked(fields, departmentFields, scopes);
