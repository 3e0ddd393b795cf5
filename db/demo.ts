import type {
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
} from '../src/channels/channel.ts';

/**
 * The demo company 示例科技: people the simulator lets anybody play. Its roles are those of the office.yaml beside the
 * program, its rooms and supplies the files in db/demo/. Two people are called 刘洋 on purpose: a name alone is not enough.
 * Those who mostly ask come first: lists begin with them.
 */
export const demoCompany: DirectorySnapshot = {
  departments: [
    department('od_company', '示例科技', 'ou_gm'),
    department('od_office', '办公室', 'ou_director', 'od_company'),
    department('od_finance', '财务部', 'ou_finance', 'od_company'),
    department('od_rd', '研发部', 'ou_rd_lead', 'od_company'),
    department('od_marketing', '市场部', 'ou_marketing_lead', 'od_company'),
    department('od_sales', '销售部', 'ou_sales_lead', 'od_company'),
  ],
  people: [
    person('E008', 'ou_rd_1', '陈晨', 'Chen Chen', '前端工程师', 'od_rd', 'ou_rd_lead'),
    person('E009', 'ou_rd_2', '王磊', 'Wang Lei', '后端工程师', 'od_rd', 'ou_rd_lead'),
    person('E010', 'ou_rd_3', '刘洋', 'Liu Yang', '测试工程师', 'od_rd', 'ou_rd_lead'),
    person('E007', 'ou_rd_lead', '李伟', 'Li Wei', '研发部经理', 'od_rd', 'ou_gm'),
    person(
      'E012',
      'ou_marketing_1',
      '林晓',
      'Lin Xiao',
      '品牌专员',
      'od_marketing',
      'ou_marketing_lead',
    ),
    person(
      'E013',
      'ou_marketing_2',
      '刘洋',
      'Liu Yang',
      '活动策划',
      'od_marketing',
      'ou_marketing_lead',
    ),
    person(
      'E011',
      'ou_marketing_lead',
      '黄静',
      'Huang Jing',
      '市场部经理',
      'od_marketing',
      'ou_gm',
    ),
    person('E015', 'ou_sales_1', '何佳', 'He Jia', '销售代表', 'od_sales', 'ou_sales_lead'),
    person('E016', 'ou_sales_2', '罗敏', 'Luo Min', '大客户经理', 'od_sales', 'ou_sales_lead'),
    person('E014', 'ou_sales_lead', '马超', 'Ma Chao', '销售部经理', 'od_sales', 'ou_gm'),
    person('E004', 'ou_office_1', '吴婷', 'Wu Ting', '行政专员', 'od_office', 'ou_office_manager'),
    person(
      'E005',
      'ou_office_2',
      '郑强',
      'Zheng Qiang',
      '行政专员',
      'od_office',
      'ou_office_manager',
    ),
    person('E003', 'ou_office_manager', '孙丽', 'Sun Li', '行政主管', 'od_office', 'ou_director'),
    person('E002', 'ou_director', '周敏', 'Zhou Min', '办公室主任', 'od_office', 'ou_gm'),
    person('E006', 'ou_finance', '钱芳', 'Qian Fang', '财务经理', 'od_finance', 'ou_gm'),
    person('E001', 'ou_gm', '赵建国', 'Zhao Jianguo', '总经理', 'od_company'),
  ],
};

function department(
  id: string,
  name: string,
  leader: string,
  parent?: string,
): DirectoryDepartment {
  return { id, name, leader, ...(parent === undefined ? {} : { parent }) };
}

function person(
  employeeNo: string,
  id: string,
  name: string,
  nameEn: string,
  jobTitle: string,
  department: string,
  leader?: string,
): DirectoryPerson {
  const mail = id.replace('ou_', '').replaceAll('_', '.');
  return {
    id,
    name,
    nameEn,
    jobTitle,
    email: `${mail}@example.com`,
    employeeNo,
    departments: [department],
    active: true,
    ...(leader === undefined ? {} : { leader }),
  };
}
