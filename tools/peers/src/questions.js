// The first step of the shop sign (services/shop-sign), in Chinese, for all peers alike.

export const title = '要装什么招牌';
export const help = '先看两件事，免得您白填';
export const place = '第 1 步，共 9 步 · 开始之前';
export const questions = [
  {
    id: 'shop-where',
    label: '门店在哪里',
    options: [
      { id: 'street', label: '常德，招牌朝着街' },
      { id: 'indoors', label: '商场、市场或楼里面' },
      { id: 'elsewhere', label: '不在常德' },
    ],
  },
  {
    id: 'sign-purpose',
    label: '招牌上写什么',
    options: [
      { id: 'shop-sign', label: '店名或品牌' },
      { id: 'advertisement', label: '商品或服务的广告' },
      { id: 'temporary', label: '开业、活动用的条幅海报' },
    ],
  },
];
