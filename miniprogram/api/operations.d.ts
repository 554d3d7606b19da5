/** Made by `npm run docs` from the OpenAPI document. Do not change it by hand. */

export interface Operations {
  postSessionWechat: {
    body: {
      code: string;
      /**
       * 第一次登录时填社区给的绑定码，以后不用再填
       */
      bindingCode?: string;
    };
    response: Session;
  };
  postSessionDemo: {
    body: {
      person: string;
    };
    response: Session;
  };
  deleteSession: {};
  getMe: {
    response: Me;
  };
  getAreas: {
    query: {
      name: string;
      /**
       * 区域编码
       */
      under?: string;
      level?: 'city' | 'county' | 'street' | 'community' | 'grid';
      limit?: number;
    };
    response: {
      items: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
    };
  };
  getAreasByCode: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    response: {
      /**
       * 区域编码
       */
      code: string;
      name: string;
      level: 'city' | 'county' | 'street' | 'community' | 'grid';
      parent: string | null;
      path: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
      targets: {
        publish?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        claim?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        contact?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        done?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
      };
    };
  };
  getAreasByCodeChildren: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    response: {
      items: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
    };
  };
  putAreasByCodeTargets: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    body: {
      publish?:
        | {
            workdays: number;
          }
        | {
            days: number;
          };
      claim?:
        | {
            workdays: number;
          }
        | {
            days: number;
          };
      contact?:
        | {
            workdays: number;
          }
        | {
            days: number;
          };
      done?:
        | {
            workdays: number;
          }
        | {
            days: number;
          };
    };
    response: {
      /**
       * 区域编码
       */
      code: string;
      name: string;
      level: 'city' | 'county' | 'street' | 'community' | 'grid';
      parent: string | null;
      path: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
      targets: {
        publish?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        claim?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        contact?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        done?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
      };
    };
  };
  getAreasByCodeDutyPhone: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    response: DutyPhone;
  };
  putAreasByCodeDutyPhone: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    body: {
      phone?: string;
    };
    response: DutyPhone;
  };
  getAreasByCodeOfficeHours: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    response: OfficeHours;
  };
  putAreasByCodeOfficeHours: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    body: {
      officeHours?: {
        days: ('workdays' | 'everyday') | number[];
        /**
         * @minItems 1
         * @maxItems 4
         */
        times: {
          from: string;
          to: string;
        }[];
      };
    };
    response: OfficeHours;
  };
  putAreasByCodeChatGroups: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    body: {
      puppet: string;
      room: string;
      prefix?: string;
    };
    response: {
      /**
       * 区域编码
       */
      code: string;
      name: string;
      level: 'city' | 'county' | 'street' | 'community' | 'grid';
      parent: string | null;
      path: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
      targets: {
        publish?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        claim?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        contact?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        done?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
      };
    };
  };
  deleteAreasByCodeChatGroupsByPuppetByRoom: {
    path: {
      /**
       * 区域编码
       */
      code: string;
      puppet: string;
      room: string;
    };
    response: {
      /**
       * 区域编码
       */
      code: string;
      name: string;
      level: 'city' | 'county' | 'street' | 'community' | 'grid';
      parent: string | null;
      path: {
        /**
         * 区域编码
         */
        code: string;
        name: string;
        level: 'city' | 'county' | 'street' | 'community' | 'grid';
      }[];
      targets: {
        publish?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        claim?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        contact?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
        done?:
          | {
              workdays: number;
            }
          | {
              days: number;
            };
      };
    };
  };
  getAreasByCodeIncidentTargets: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    response: {
      area: string;
      targets: {
        first: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        grid: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        community: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        street: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
      };
      /**
       * 这个区域自己设的，其他的沿用上级
       */
      own: {
        first?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        grid?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        community?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        street?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
      };
    };
  };
  putAreasByCodeIncidentTargets: {
    path: {
      /**
       * 区域编码
       */
      code: string;
    };
    body: {
      first?: {
        danger?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        urgent?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        soon?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        usual?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        long?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
      };
      grid?: {
        danger?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        urgent?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        soon?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        usual?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        long?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
      };
      community?: {
        danger?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        urgent?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        soon?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        usual?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        long?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
      };
      street?: {
        danger?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        urgent?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        soon?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        usual?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
        long?:
          | {
              workdays: number;
            }
          | {
              days: number;
            }
          | {
              minutes: number;
              clock: 'always' | 'awake';
            };
      };
    };
    response: {
      area: string;
      targets: {
        first: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        grid: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        community: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        street: {
          danger:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
      };
      /**
       * 这个区域自己设的，其他的沿用上级
       */
      own: {
        first?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        grid?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        community?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
        street?: {
          danger?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          urgent?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          soon?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          usual?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
          long?:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                minutes: number;
                clock: 'always' | 'awake';
              };
        };
      };
    };
  };
  postImportsAreas: {
    query: {
      /**
       * 只检查，不写入
       */
      dryRun?: string;
    };
    response: {
      kind: string;
      /**
       * 表头以下的行数
       */
      rows: number;
      added: number;
      updated: number;
      problems: {
        line: number;
        column: string;
        reason: string;
      }[];
      /**
       * 没有列出的问题数
       */
      moreProblems: number;
      ignoredColumns: string[];
      dryRun: boolean;
      /**
       * 全部写入了；否则一行也没有写入
       */
      imported: boolean;
    };
  };
  putAreasByCodeBoundary: {
    path: {
      code: string;
    };
    body: {
      /**
       * 从这一天起算；同一天只能有一版
       */
      from: string;
      name?: string;
      /**
       * GeoJSON 多边形，经度在前，WGS 84
       */
      boundary?: {
        type: 'Polygon';
        /**
         * @minItems 1
         * @maxItems 20
         */
        coordinates: never[][][];
      };
      /**
       * @maxItems 300
       */
      places?: {
        estate: string;
        /**
         * 楼栋号或门牌号：1、3-6、A；不写就是整个小区
         *
         * @maxItems 500
         */
        buildings?: string[];
      }[];
      source: string;
    };
    response: GridVersion;
  };
  getAreasByCodeBoundary: {
    path: {
      code: string;
    };
    query: {
      on?: string;
    };
    response: GridVersion;
  };
  getAreasByCodeBoundaries: {
    path: {
      code: string;
    };
    response: {
      items: GridVersion[];
    };
  };
  postImportsPlaces: {
    query: {
      /**
       * 只检查，不写入
       */
      dryRun?: string;
    };
    response: {
      kind: string;
      /**
       * 表头以下的行数
       */
      rows: number;
      added: number;
      updated: number;
      problems: {
        line: number;
        column: string;
        reason: string;
      }[];
      /**
       * 没有列出的问题数
       */
      moreProblems: number;
      ignoredColumns: string[];
      dryRun: boolean;
      /**
       * 全部写入了；否则一行也没有写入
       */
      imported: boolean;
    };
  };
  getPeople: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      /**
       * 区域编码
       */
      area: string;
      role?:
        | 'resident'
        | 'household_lead'
        | 'worker'
        | 'grid_worker'
        | 'volunteer'
        | 'social_worker'
        | 'facilitator'
        | 'care_keeper'
        | 'secretary'
        | 'supervisor'
        | 'admin';
      /**
       * 完整的姓名；只在一个社区或网格里找
       */
      name?: string;
    };
    response: {
      items: Person[];
      next?: string;
    };
  };
  getPeopleById: {
    path: {
      id: string;
    };
    response: Person;
  };
  postPeopleByIdUnmask: {
    path: {
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 4
       */
      fields: ('name' | 'phone' | 'idNumber' | 'address')[];
      /**
       * 为什么要看
       */
      why: string;
    };
    response: {
      [k: string]: string;
    };
  };
  getPeopleByIdAudits: {
    path: {
      id: string;
    };
    response: {
      items: {
        at: string;
        by: string;
        what: string;
        fields?: string[];
        role?: {
          role:
            | 'resident'
            | 'household_lead'
            | 'worker'
            | 'grid_worker'
            | 'volunteer'
            | 'social_worker'
            | 'facilitator'
            | 'care_keeper'
            | 'secretary'
            | 'supervisor'
            | 'admin';
          /**
           * 区域编码
           */
          area: string;
        };
        why?: string;
      }[];
    };
  };
  postPeopleByIdRoles: {
    path: {
      id: string;
    };
    body: {
      role:
        | 'resident'
        | 'household_lead'
        | 'worker'
        | 'grid_worker'
        | 'volunteer'
        | 'social_worker'
        | 'facilitator'
        | 'care_keeper'
        | 'secretary'
        | 'supervisor'
        | 'admin';
      /**
       * 区域编码
       */
      area: string;
    };
    response: Person;
  };
  deletePeopleByIdRolesByRoleByArea: {
    path: {
      id: string;
      role:
        | 'resident'
        | 'household_lead'
        | 'worker'
        | 'grid_worker'
        | 'volunteer'
        | 'social_worker'
        | 'facilitator'
        | 'care_keeper'
        | 'secretary'
        | 'supervisor'
        | 'admin';
      /**
       * 区域编码
       */
      area: string;
    };
    response: Person;
  };
  postPeopleByIdBindingCode: {
    path: {
      id: string;
    };
    response: {
      code: string;
      expiresAt: string;
    };
  };
  postMeBindingCode: {
    response: {
      code: string;
      expiresAt: string;
    };
  };
  putMeMute: {
    body: {
      days: number;
    };
    response: {
      mutedUntil?: string;
    };
  };
  getMePush: {
    response: {
      /**
       * auto 由系统选；wechaty 微信；inbox 只进小程序（紧急的和工作上等着办的除外）
       */
      channel: string;
      mutedUntil?: string;
      reminders: {
        name: string;
        title: string;
        muted: boolean;
      }[];
    };
  };
  putMePush: {
    body: {
      channel?: 'auto' | 'wechaty' | 'inbox';
      /**
       * @maxItems 50
       */
      mute?: string[];
      /**
       * @maxItems 50
       */
      unmute?: string[];
    };
    response: {
      /**
       * auto 由系统选；wechaty 微信；inbox 只进小程序（紧急的和工作上等着办的除外）
       */
      channel: string;
      mutedUntil?: string;
      reminders: {
        name: string;
        title: string;
        muted: boolean;
      }[];
    };
  };
  getDemoPeople: {
    response: {
      items: {
        id: string;
        name: string;
        roles: {
          role:
            | 'resident'
            | 'household_lead'
            | 'worker'
            | 'grid_worker'
            | 'volunteer'
            | 'social_worker'
            | 'facilitator'
            | 'care_keeper'
            | 'secretary'
            | 'supervisor'
            | 'admin';
          /**
           * 区域编码
           */
          area: string;
        }[];
        /**
         * 做什么的
         */
        title: string;
        area: {
          code: string;
          name: string;
        };
      }[];
    };
  };
  postImportsPeople: {
    query: {
      /**
       * 只检查，不写入
       */
      dryRun?: string;
    };
    response: {
      kind: string;
      /**
       * 表头以下的行数
       */
      rows: number;
      added: number;
      updated: number;
      problems: {
        line: number;
        column: string;
        reason: string;
      }[];
      /**
       * 没有列出的问题数
       */
      moreProblems: number;
      ignoredColumns: string[];
      dryRun: boolean;
      /**
       * 全部写入了；否则一行也没有写入
       */
      imported: boolean;
    };
  };
  getCalendarsByYear: {
    path: {
      year: number;
    };
    response: {
      year: number;
      /**
       * 没有放假安排、只按周一到周五算时为 false
       */
      covered: boolean;
      source: string;
      holidays: {
        [k: string]: string;
      };
      workdays: {
        [k: string]: string;
      };
      loadedAt?: string;
    };
  };
  putCalendarsByYear: {
    path: {
      year: number;
    };
    query: {
      dryRun?: string;
    };
    body: {
      /**
       * 公布文号或网址
       */
      source: string;
      /**
       * 放假的日子（含周末）和节日名称
       */
      holidays: {
        [k: string]: string;
      };
      /**
       * 调休上班的周末和节日名称
       */
      workdays: {
        [k: string]: string;
      };
    };
    response: {
      year: number;
      dryRun: boolean;
      changes: {
        day: string;
        works: boolean;
        name?: string;
      }[];
    };
  };
  getWishes: {
    query: {
      area?: string;
      mine?: string;
      claimedByMe?: string;
      offeredToMe?: string;
      column?: 'waiting' | 'open' | 'helping' | 'answered' | 'over';
      state?:
        | 'submitted'
        | 'published'
        | 'claimed'
        | 'done'
        | 'partial'
        | 'reopened'
        | 'closed'
        | 'declined'
        | 'withdrawn'
        | 'merged'
        | 'referred';
      category?: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
      urgent?: string;
      late?: string;
      q?: string;
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
    };
    response: {
      items: (ListedWish | PublicWish)[];
      next?: string;
    };
  };
  postWishes: {
    body: {
      text: string;
      title?: string;
      category: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
      urgent?: boolean;
      /**
       * 详细地址，加密保存，只给帮忙的人看
       */
      address?: string;
      /**
       * 社区或网格编码，默认自己住的网格
       */
      area?: string;
      for?: {
        person?: string;
        name?: string;
        relation?: string;
        under14?: boolean;
      };
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
    };
    response: FullWish | PublicWish;
  };
  getWishesWall: {
    query: {
      area: string;
      column?: 'open' | 'helping' | 'answered' | 'over';
      category?: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
    };
    response: {
      items: PublicWish[];
      next?: string;
    };
  };
  getWishesCounts: {
    query: {
      area: string;
    };
    response: {
      area: string;
      columns: {
        [k: string]: number;
      };
      late: number;
      since: string;
      closed: number;
      /**
       * 其中只办了一部分的
       */
      partly: number;
      onTime: number;
      rated: number;
      averageScore: number | null;
      reopened: number;
    };
  };
  getWishesById: {
    path: {
      id: string;
    };
    response: FullWish | PublicWish;
  };
  getAreasByCodeWishesByNumber: {
    path: {
      code: string;
      number: number;
    };
    response: FullWish | PublicWish;
  };
  getAreasByCodeLive: {
    path: {
      code: string;
    };
  };
  postWishesSimilar: {
    body: {
      text: string;
      area?: string;
    };
    response: {
      items: {
        id: string;
        number: number;
        title: string;
        state:
          | 'submitted'
          | 'published'
          | 'claimed'
          | 'done'
          | 'partial'
          | 'reopened'
          | 'closed'
          | 'declined'
          | 'withdrawn'
          | 'merged'
          | 'referred';
        likeness: number;
        /**
         * 是自己的，或自己替人许的
         */
        own: boolean;
      }[];
    };
  };
  postWishesByIdUnmask: {
    path: {
      id: string;
    };
    body: {
      /**
       * 为什么要看，例如：上门前电话联系
       */
      why?: string;
    };
    response: {
      /**
       * 心愿里写的地址；没写就是许愿人登记的住址
       */
      address?: string;
      /**
       * 里面有号码的原话，先后排列
       */
      words: {
        by: string;
        at: string;
        text: string;
      }[];
      requester: {
        name: string;
        phone?: string;
      };
      /**
       * 替人许愿的人
       */
      proxy?: {
        name: string;
        phone?: string;
      };
      beneficiary?: {
        name: string;
        relation: string;
      };
    };
  };
  postWishesByIdPublish: {
    path: {
      id: string;
    };
    body: {
      /**
       * 心愿墙上的写法，去掉能认出是谁的话
       */
      wall?: {
        title?: string;
        text?: string;
      };
      category?: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
      urgent?: boolean;
      priority?: number;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdDecline: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdMerge: {
    path: {
      id: string;
    };
    body: {
      /**
       * 合并到哪条心愿
       */
      into: string;
      /**
       * 原因
       */
      reason?: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdRefer: {
    path: {
      id: string;
    };
    body: {
      /**
       * 12345 或部门
       */
      to: string;
      /**
       * 受理编号
       */
      number: string;
      /**
       * 原因
       */
      reason?: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdConclude: {
    path: {
      id: string;
    };
    body: {
      note: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdAssign: {
    path: {
      id: string;
    };
    body: {
      /**
       * 派给谁
       */
      to: string;
      note?: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdClaim: {
    path: {
      id: string;
    };
    body: {
      /**
       * 小组的名字；填了就是小组认领，您是组长
       */
      group?: string;
      /**
       * 想对许愿人说的话
       */
      promise?: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdJoin: {
    path: {
      id: string;
    };
    body: {};
    response: FullWish | PublicWish;
  };
  postWishesByIdLeave: {
    path: {
      id: string;
    };
    body: {};
    response: FullWish | PublicWish;
  };
  postWishesByIdPass: {
    path: {
      id: string;
    };
    body: {};
    response: FullWish | PublicWish;
  };
  postWishesByIdContact: {
    path: {
      id: string;
    };
    body: {
      note?: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdExtend: {
    path: {
      id: string;
    };
    body: {
      until: string;
      /**
       * 原因
       */
      reason: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdRelease: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdDone: {
    path: {
      id: string;
    };
    body: {
      note: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
      /**
       * 花费，元
       */
      cost?: number;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdPartial: {
    path: {
      id: string;
    };
    body: {
      note: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
      /**
       * 花费，元
       */
      cost?: number;
      /**
       * 还差什么
       */
      left: string;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdRate: {
    path: {
      id: string;
    };
    body: {
      score: number;
      words?: string;
      /**
       * 不满意，请重办；2 分及以下总是重办
       */
      unhappy?: boolean;
    };
    response: FullWish | PublicWish;
  };
  postWishesByIdWithdraw: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason?: string;
    };
    response: FullWish | PublicWish;
  };
  getWishesReport: {
    query: {
      area: string;
    };
    response: {
      area: string;
      name: string;
      since: string;
      total: {
        /**
         * null：人数太少，不显示
         */
        waiting: number | null;
        /**
         * null：人数太少，不显示
         */
        open: number | null;
        /**
         * null：人数太少，不显示
         */
        helping: number | null;
        /**
         * null：人数太少，不显示
         */
        answered: number | null;
        /**
         * null：人数太少，不显示
         */
        late: number | null;
        /**
         * null：人数太少，不显示
         */
        posted: number | null;
        /**
         * null：人数太少，不显示
         */
        closed: number | null;
        /**
         * null：人数太少，不显示
         */
        onTime: number | null;
        onTimePercent: number | null;
        averageScore: number | null;
      };
      parts: {
        area: string;
        name: string;
        /**
         * null：人数太少，不显示
         */
        waiting: number | null;
        /**
         * null：人数太少，不显示
         */
        open: number | null;
        /**
         * null：人数太少，不显示
         */
        helping: number | null;
        /**
         * null：人数太少，不显示
         */
        answered: number | null;
        /**
         * null：人数太少，不显示
         */
        late: number | null;
        /**
         * null：人数太少，不显示
         */
        posted: number | null;
        /**
         * null：人数太少，不显示
         */
        closed: number | null;
        /**
         * null：人数太少，不显示
         */
        onTime: number | null;
        onTimePercent: number | null;
        averageScore: number | null;
      }[];
      weeks: {
        week: string;
        /**
         * null：人数太少，不显示
         */
        posted: number | null;
        /**
         * null：人数太少，不显示
         */
        closed: number | null;
      }[];
      suppressed: boolean;
    };
  };
  getWishesReportSheet: {
    query: {
      area: string;
    };
  };
  getIncidents: {
    query: {
      area?: string;
      mine?: string;
      handling?: string;
      column?: 'waiting' | 'handling' | 'answered' | 'over';
      state?:
        | 'reported'
        | 'triaged'
        | 'dispatched'
        | 'assisting'
        | 'resolved'
        | 'confirmed'
        | 'rejected'
        | 'partial'
        | 'reopened'
        | 'merged'
        | 'referred'
        | 'declined'
        | 'withdrawn';
      category?: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
      urgency?: 'danger' | 'urgent' | 'soon' | 'usual' | 'long';
      level?: 'grid' | 'community' | 'street';
      late?: string;
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
    };
    response: {
      items: ListedIncident[];
      next?: string;
    };
  };
  postIncidents: {
    body: {
      text: string;
      category?: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
      /**
       * 危及生命：马上告诉网格员、联户长和书记，不分白天晚上
       */
      danger?: boolean;
      place?: {
        /**
         * 社区或网格编码，默认自己住的网格
         */
        area?: string;
        /**
         * 详细地址，加密保存，只给处置的人看
         */
        address?: string;
      };
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
      for?: {
        person?: string;
        name?: string;
        relation?: string;
      };
    };
    response: Incident;
  };
  getIncidentsCounts: {
    query: {
      area: string;
      from?: string;
      to?: string;
    };
    response: {
      area: string;
      from: string;
      to: string;
      /**
       * null：太少，不显示
       */
      total: number | null;
      states: {
        /**
         * null：太少，不显示
         */
        [k: string]: number | null;
      };
      categories: {
        /**
         * null：太少，不显示
         */
        [k: string]: number | null;
      };
      levels: {
        /**
         * null：太少，不显示
         */
        [k: string]: number | null;
      };
      /**
       * 办结或等确认的
       */
      solved: number | null;
      /**
       * 其中按时的，百分之几
       */
      inTimePercent: number | null;
      /**
       * 现在超期的
       */
      late: number | null;
      suppressed: boolean;
    };
  };
  getIncidentsHotSpots: {
    query: {
      area: string;
      days?: number;
    };
    response: {
      area: string;
      days: number;
      items: {
        grid: string;
        /**
         * 社区和网格
         */
        name: string;
        category: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
        categoryWord: string;
        count: number;
        /**
         * 其中还没办好的；null：太少，不显示
         */
        open: number | null;
      }[];
    };
  };
  getAreasByCodeIncidentsLive: {
    path: {
      code: string;
    };
  };
  getIncidentsById: {
    path: {
      id: string;
    };
    response: Incident;
  };
  getIncidentsByIdCandidates: {
    path: {
      id: string;
    };
    response: {
      items: {
        id: string;
        name: string;
        /**
         * 在这里的身份
         */
        title: string;
      }[];
    };
  };
  getIncidentsByIdSimilar: {
    path: {
      id: string;
    };
    response: {
      items: ListedIncident[];
    };
  };
  getAreasByCodeIncidentsByNumber: {
    path: {
      code: string;
      number: number;
    };
    response: Incident;
  };
  postIncidentsByIdUnmask: {
    path: {
      id: string;
    };
    body: {
      /**
       * 为什么要看，例如：上门前电话联系
       */
      why?: string;
    };
    response: {
      /**
       * 报告里写的地址
       */
      address?: string;
      /**
       * 里面有号码的原话，先后排列
       */
      words: {
        by: string;
        at: string;
        text: string;
      }[];
      reporters: {
        name: string;
        phone?: string;
        proxyFor?: {
          name: string;
          relation: string;
        };
      }[];
    };
  };
  postIncidentsByIdLook: {
    path: {
      id: string;
    };
    body: {
      words: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
    };
    response: Incident;
  };
  postIncidentsByIdAdd: {
    path: {
      id: string;
    };
    body: {
      text: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
    };
    response: Incident;
  };
  postIncidentsByIdTriage: {
    path: {
      id: string;
    };
    body: {
      category?: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
      urgency: 'danger' | 'urgent' | 'soon' | 'usual' | 'long';
      title?: string;
      /**
       * 事件在哪个网格
       */
      grid?: string;
    };
    response: Incident;
  };
  postIncidentsByIdDecline: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason: string;
    };
    response: Incident;
  };
  postIncidentsByIdMerge: {
    path: {
      id: string;
    };
    body: {
      /**
       * 合并到哪个事件
       */
      into: string;
      /**
       * 原因
       */
      reason?: string;
    };
    response: Incident;
  };
  postIncidentsByIdWithdraw: {
    path: {
      id: string;
    };
    body: {
      /**
       * 危及生命的事件要写明，例如：没事了
       */
      reason?: string;
    };
    response: Incident;
  };
  postIncidentsByIdTake: {
    path: {
      id: string;
    };
    body: {};
    response: Incident;
  };
  postIncidentsByIdDispatch: {
    path: {
      id: string;
    };
    body: {
      /**
       * 派给谁
       */
      to: string;
      note?: string;
    };
    response: Incident;
  };
  postIncidentsByIdReject: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason: string;
    };
    response: Incident;
  };
  postIncidentsByIdRaise: {
    path: {
      id: string;
    };
    body: {
      /**
       * 原因
       */
      reason: string;
    };
    response: Incident;
  };
  postIncidentsByIdAssist: {
    path: {
      id: string;
    };
    body: {
      person?: string;
      unit?: string;
      words: string;
    };
    response: Incident;
  };
  postIncidentsByIdNote: {
    path: {
      id: string;
    };
    body: {
      text: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
      toReporters?: boolean;
    };
    response: Incident;
  };
  postIncidentsByIdExtend: {
    path: {
      id: string;
    };
    body: {
      until: string;
      /**
       * 原因
       */
      reason: string;
    };
    response: Incident;
  };
  postIncidentsByIdResolve: {
    path: {
      id: string;
    };
    body: {
      note: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
    };
    response: Incident;
  };
  postIncidentsByIdPartial: {
    path: {
      id: string;
    };
    body: {
      note: string;
      /**
       * POST /photos 得到的编号
       *
       * @maxItems 9
       */
      photos?: string[];
      /**
       * 还差什么
       */
      left: string;
    };
    response: Incident;
  };
  postIncidentsByIdConfirm: {
    path: {
      id: string;
    };
    body: {
      /**
       * false：不满意，请重办
       */
      satisfied: boolean;
      words?: string;
    };
    response: Incident;
  };
  postIncidentsByIdRefer: {
    path: {
      id: string;
    };
    body: {
      /**
       * 12345 或部门
       */
      to: string;
      /**
       * 受理编号
       */
      number: string;
      /**
       * 原因
       */
      reason?: string;
    };
    response: Incident;
  };
  postIncidentsByIdConclude: {
    path: {
      id: string;
    };
    body: {
      note: string;
    };
    response: Incident;
  };
  getHandoffs: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      state?: 'opened' | 'answered' | 'closed';
      mine?: string;
    };
    response: {
      items: Handoff[];
      next?: string;
    };
  };
  postHandoffs: {
    body: {
      text: string;
      /**
       * 有人身危险或紧急情况
       */
      urgent?: boolean;
    };
    response: Handoff;
  };
  getHandoffsById: {
    path: {
      id: string;
    };
    response: Handoff;
  };
  postHandoffsByIdAdd: {
    path: {
      id: string;
    };
    body: {
      text: string;
      /**
       * 有人身危险或紧急情况
       */
      urgent?: boolean;
    };
    response: Handoff;
  };
  postHandoffsByIdAnswer: {
    path: {
      id: string;
    };
    body: {
      text: string;
    };
    response: Handoff;
  };
  postHandoffsByIdClose: {
    path: {
      id: string;
    };
    body: {
      reason?: string;
    };
    response: Handoff;
  };
  getVenues: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      /**
       * 区域编码
       */
      area?: string;
      closed?: string;
    };
    response: {
      items: Venue[];
      next?: string;
    };
  };
  postVenues: {
    body: {
      /**
       * 区域编码
       */
      area: string;
      name: string;
      /**
       * hall 议事厅，courtyard 说事小院
       */
      kind: 'hall' | 'courtyard';
      address: string;
      capacity: number;
      /**
       * @minItems 1
       * @maxItems 21
       */
      opening: {
        /**
         * 1 是星期一
         */
        weekday: number;
        /**
         * 北京时间，几点几分
         */
        from: string;
        /**
         * 北京时间，几点几分；24:00 是当天结束
         */
        to: string;
      }[];
      /**
       * @maxItems 366
       */
      closedDays?: string[];
    };
    response: Venue;
  };
  getVenuesById: {
    path: {
      id: string;
    };
    response: Venue;
  };
  putVenuesById: {
    path: {
      id: string;
    };
    body: {
      name: string;
      /**
       * hall 议事厅，courtyard 说事小院
       */
      kind: 'hall' | 'courtyard';
      address: string;
      capacity: number;
      /**
       * @minItems 1
       * @maxItems 21
       */
      opening: {
        /**
         * 1 是星期一
         */
        weekday: number;
        /**
         * 北京时间，几点几分
         */
        from: string;
        /**
         * 北京时间，几点几分；24:00 是当天结束
         */
        to: string;
      }[];
      /**
       * @maxItems 366
       */
      closedDays?: string[];
      version: number;
    };
    response: Venue;
  };
  postVenuesByIdClose: {
    path: {
      id: string;
    };
    body: {
      reason?: string;
    };
    response: Venue;
  };
  postVenuesByIdReopen: {
    path: {
      id: string;
    };
    response: Venue;
  };
  getVenuesByIdFree: {
    path: {
      id: string;
    };
    query: {
      /**
       * 北京时间的日子
       */
      day: string;
    };
    response: {
      day: string;
      open: {
        from: string;
        to: string;
      }[];
      free: {
        from: string;
        to: string;
      }[];
    };
  };
  getVenuesByIdBookings: {
    path: {
      id: string;
    };
    query: {
      from?: string;
      to?: string;
    };
    response: {
      items: Booking[];
    };
  };
  postVenuesByIdBookings: {
    path: {
      id: string;
    };
    body: {
      /**
       * 北京时间的日子
       */
      day: string;
      /**
       * 北京时间，几点几分
       */
      from: string;
      /**
       * 北京时间，几点几分；24:00 是当天结束
       */
      to: string;
      purpose: string;
      people?: number;
    };
    response: Booking;
  };
  getBookingsById: {
    path: {
      id: string;
    };
    response: Booking;
  };
  postBookingsByIdMove: {
    path: {
      id: string;
    };
    body: {
      /**
       * 北京时间的日子
       */
      day: string;
      /**
       * 北京时间，几点几分
       */
      from: string;
      /**
       * 北京时间，几点几分；24:00 是当天结束
       */
      to: string;
    };
    response: Booking;
  };
  postBookingsByIdCancel: {
    path: {
      id: string;
    };
    body: {
      reason?: string;
    };
    response: Booking;
  };
  getTopics: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      area?: string;
      state?:
        | 'proposed'
        | 'seconded'
        | 'accepted'
        | 'scheduled'
        | 'discussing'
        | 'voting'
        | 'resolved'
        | 'publicised'
        | 'executing'
        | 'reviewed'
        | 'failed'
        | 'declined'
        | 'withdrawn'
        | 'merged'
        | 'shelved';
      mine?: string;
      seconded?: string;
    };
    response: {
      items: TopicLine[];
      next?: string;
    };
  };
  postTopics: {
    body: {
      text: string;
      title?: string;
      /**
       * 社区或网格编码，默认自己住的社区
       */
      area?: string;
    };
    response: Topic;
  };
  getTopicsById: {
    path: {
      id: string;
    };
    response: Topic;
  };
  getAreasByCodeTopicsByNumber: {
    path: {
      code: string;
      number: number;
    };
    response: Topic;
  };
  postTopicsSimilar: {
    body: {
      text: string;
    };
    response: {
      items: TopicLine[];
    };
  };
  postTopicsByIdSecond: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdUnsecond: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdAccept: {
    path: {
      id: string;
    };
    body: {
      /**
       * 主持这条议题的人；以后也可以再定
       */
      facilitator?: string;
      /**
       * 给邻居看的写法，去掉能认出是谁的话
       */
      posted?: {
        title?: string;
        text?: string;
      };
    };
    response: Topic;
  };
  postTopicsByIdDecline: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdAppoint: {
    path: {
      id: string;
    };
    body: {
      facilitator: string;
    };
    response: Topic;
  };
  postTopicsByIdShelve: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdResume: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdAskMerge: {
    path: {
      id: string;
    };
    body: {
      into: string;
      note?: string;
    };
    response: Topic;
  };
  postTopicsByIdAgreeMerge: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdRefuseMerge: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdWithdraw: {
    path: {
      id: string;
    };
    body: {
      reason?: string;
    };
    response: Topic;
  };
  postTopicsByIdSchedule: {
    path: {
      id: string;
    };
    body: {
      venue: string;
      day: string;
      from: string;
      to: string;
      /**
       * @minItems 1
       * @maxItems 20
       */
      agenda: string[];
      /**
       * 按哪份规则看人到齐没有；不填就不看
       */
      pack?: string;
      variant?: string;
    };
    response: Topic;
  };
  postTopicsByIdCallOff: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdBegin: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdPause: {
    path: {
      id: string;
    };
    body: {
      reason?: string;
    };
    response: Topic;
  };
  postTopicsByIdGoOn: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdAdjourn: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdAgree: {
    path: {
      id: string;
    };
    body: {
      resolution: string;
    };
    response: Topic;
  };
  postTopicsByIdPrepareVote: {
    path: {
      id: string;
    };
    body: {
      question: string;
      pack: string;
      variant?: string;
      secrecy: 'open' | 'secret';
      /**
       * 不填就是现在
       */
      opensAt?: string;
      closesAt: string;
    };
    response: Topic;
  };
  postTopicsByIdOpenVote: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdDropVote: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdCount: {
    path: {
      id: string;
    };
    body: {};
    response: Topic;
  };
  postTopicsByIdPublicise: {
    path: {
      id: string;
    };
    body: {
      resolution: string;
      days?: number;
    };
    response: Topic;
  };
  postTopicsByIdObject: {
    path: {
      id: string;
    };
    body: {
      text: string;
    };
    response: Topic;
  };
  postTopicsByIdAnswerObjection: {
    path: {
      id: string;
    };
    body: {
      objection: string;
      answer: string;
      /**
       * 成立就重新商量
       */
      upheld: boolean;
      /**
       * 异议和答复给邻居看；伤人、泄露隐私的不公开，提的人自己还能看到
       */
      shown?: boolean;
    };
    response: Topic;
  };
  postTopicsByIdAddItem: {
    path: {
      id: string;
    };
    body: {
      text: string;
      owner: string;
      deadline: string;
      /**
       * task 直接办；wish 变成微心愿请大家认领
       */
      as?: 'task' | 'wish';
    };
    response: Topic;
  };
  postTopicsByIdItemDone: {
    path: {
      id: string;
    };
    body: {
      item: string;
      note: string;
    };
    response: Topic;
  };
  postTopicsByIdPassItem: {
    path: {
      id: string;
    };
    body: {
      item: string;
      owner: string;
      reason?: string;
    };
    response: Topic;
  };
  postTopicsByIdExtendItem: {
    path: {
      id: string;
    };
    body: {
      item: string;
      deadline: string;
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdDropItem: {
    path: {
      id: string;
    };
    body: {
      item: string;
      reason: string;
    };
    response: Topic;
  };
  postTopicsByIdFinish: {
    path: {
      id: string;
    };
    body: {
      summary: string;
    };
    response: Topic;
  };
  postTopicsByIdReview: {
    path: {
      id: string;
    };
    body: {
      score: number;
      words?: string;
    };
    response: Topic;
  };
  postTopicsByIdSignIn: {
    path: {
      id: string;
    };
    body: {
      code: string;
    };
    response: TopicAttendance;
  };
  getTopicsByIdAttendance: {
    path: {
      id: string;
    };
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      q?: string;
    };
    response: TopicAttendance;
  };
  postTopicsByIdAttendance: {
    path: {
      id: string;
    };
    body: {
      voice: string;
      /**
       * 代这一户的人，自己要先到会
       */
      proxy?: string;
    };
    response: TopicAttendance;
  };
  postTopicsByIdAttendanceUndo: {
    path: {
      id: string;
    };
    body: {
      voice: string;
    };
    response: TopicAttendance;
  };
  getTopicsByIdStatements: {
    path: {
      id: string;
    };
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      state?: 'waiting' | 'visible' | 'hidden';
    };
    response: TopicStatements;
  };
  postTopicsByIdStatements: {
    path: {
      id: string;
    };
    body: {
      text: string;
    };
    response: TopicStatement;
  };
  postTopicsByIdStatementsByStatementModeration: {
    path: {
      id: string;
      statement: string;
    };
    body: {
      visible: boolean;
      /**
       * 不公开的要写，只告诉说的人
       */
      reason?: string;
    };
    response: TopicStatement;
  };
  postTopicsByIdStatementsByStatementOpinion: {
    path: {
      id: string;
      statement: string;
    };
    body: {
      opinion: 'agree' | 'disagree' | 'pass';
    };
    response: TopicOpinionGiven;
  };
  getTopicsByIdOpinions: {
    path: {
      id: string;
    };
    response: TopicOpinions;
  };
  getTopicsByIdMinutes: {
    path: {
      id: string;
    };
    query: {
      /**
       * 默认最近一次
       */
      session?: number;
    };
    response: TopicMinutes;
  };
  putTopicsByIdMinutes: {
    path: {
      id: string;
    };
    body: {
      /**
       * 默认最近开的一次
       */
      session?: number;
      /**
       * 您看到的版本；第一次写填 0
       */
      version: number;
      /**
       * @maxItems 20
       */
      points: {
        agenda: string;
        words: string;
      }[];
      conclusion: string;
      recorder: string;
      /**
       * 结果公示以后再改，必须写
       */
      reason?: string;
    };
    response: TopicMinutes;
  };
  getTopicsByIdMinutesDocx: {
    path: {
      id: string;
    };
    query: {
      /**
       * 默认最近一次
       */
      session?: number;
    };
  };
  getTopicsByIdMeetingIcs: {
    path: {
      id: string;
    };
  };
  getReportsTopicsXlsx: {
    query: {
      area: string;
      /**
       * 默认今年
       */
      year?: number;
    };
  };
  getPublicTopicsById: {
    path: {
      id: string;
    };
    response: PublicTopic;
  };
  getBallotPacks: {
    response: {
      items: {
        code: string;
        version: number;
        title: string;
        effectiveFrom: string;
        source: {
          text: string;
          url?: string;
        };
        verified: boolean;
        note?: string;
        /**
         * 本平台的管理员核对过
         */
        confirmed?: {
          by: string;
          at: string;
          note: string;
        };
        electorate: 'household' | 'adult' | 'owner';
        proxies: {
          /**
           * 到会的一个人最多可以替几户
           */
          most: number;
        };
        /**
         * 谁算参加：到会的，还是投了票的
         */
        present: 'attending' | 'voting';
        secrecy: ('open' | 'secret')[];
        hours: {
          shortest: number;
          longest: number;
        };
        /**
         * 这份规则怎么定，一句一个意思
         */
        sentences: string[];
        variants: {
          code: string;
          title: string;
          matters: string[];
          /**
           * 这些事项怎么定
           */
          sentences: string[];
        }[];
      }[];
    };
  };
  postBallotPacksByCodeVerification: {
    path: {
      code: string;
    };
    body: {
      version: number;
      note: string;
    };
    response: {
      code: string;
      version: number;
      title: string;
      effectiveFrom: string;
      source: {
        text: string;
        url?: string;
      };
      verified: boolean;
      note?: string;
      /**
       * 本平台的管理员核对过
       */
      confirmed?: {
        by: string;
        at: string;
        note: string;
      };
      electorate: 'household' | 'adult' | 'owner';
      proxies: {
        /**
         * 到会的一个人最多可以替几户
         */
        most: number;
      };
      /**
       * 谁算参加：到会的，还是投了票的
       */
      present: 'attending' | 'voting';
      secrecy: ('open' | 'secret')[];
      hours: {
        shortest: number;
        longest: number;
      };
      /**
       * 这份规则怎么定，一句一个意思
       */
      sentences: string[];
      variants: {
        code: string;
        title: string;
        matters: string[];
        /**
         * 这些事项怎么定
         */
        sentences: string[];
      }[];
    };
  };
  getBallotsById: {
    path: {
      id: string;
    };
    response: Ballot;
  };
  postBallotsByIdReceipt: {
    path: {
      id: string;
    };
    response: {
      receipt: string;
    };
  };
  postBallotsByIdVote: {
    path: {
      id: string;
    };
    body: {
      choice: 'for' | 'against' | 'abstain';
      receipt?: string;
      elector?: string;
    };
    response: {
      done: boolean;
    };
  };
  postBallotsByIdCheck: {
    path: {
      id: string;
    };
    body: {
      receipt: string;
    };
    response: {
      inUrn: boolean;
      choice?: 'for' | 'against' | 'abstain';
    };
  };
  getBallotsByIdElectors: {
    path: {
      id: string;
    };
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      q?: string;
      way?: 'phone' | 'paper' | 'none';
    };
    response: {
      items: {
        elector: string;
        name: string;
        heads: number;
        /**
         * 单位：0.01平方米
         */
        area: number;
        attended: boolean;
        voted: boolean;
        /**
         * 不记名的只说交了纸质票的，计票以后也不再说
         */
        way?: 'phone' | 'paper';
      }[];
      next?: string;
    };
  };
  getBallotsByIdOwners: {
    path: {
      id: string;
    };
    response: {
      /**
       * 登记时带上，名单在这期间被别人改过就不会盖掉
       */
      version: number;
      owners: {
        name: string;
        /**
         * 单位：0.01平方米
         */
        area: number;
        people: {
          id: string;
          name: string;
        }[];
      }[];
    };
  };
  getBallotsByIdResidents: {
    path: {
      id: string;
    };
    query: {
      q: string;
    };
    response: {
      items: {
        id: string;
        name: string;
        household?: string;
      }[];
    };
  };
  postBallotsByIdHandedIn: {
    path: {
      id: string;
    };
    body: {
      elector: string;
    };
    response: {
      done: boolean;
    };
  };
  postBallotsByIdHandedInUndo: {
    path: {
      id: string;
    };
    body: {
      elector: string;
    };
    response: {
      done: boolean;
    };
  };
  postBallotsByIdAttending: {
    path: {
      id: string;
    };
    body: {
      elector: string;
    };
    response: {
      done: boolean;
    };
  };
  getBallotsByIdPapers: {
    path: {
      id: string;
    };
    response: {
      items: {
        paper: string;
        entered: number;
        settled: boolean;
        /**
         * 两个人录得不一样，要再看一看
         */
        differs: boolean;
        mine: boolean;
      }[];
    };
  };
  postBallotsByIdPapers: {
    path: {
      id: string;
    };
    body: {
      paper: string;
      choice: 'for' | 'against' | 'abstain';
    };
    response: {
      paper: string;
      entered: number;
      settled: boolean;
      /**
       * 两个人录得不一样，要再看一看
       */
      differs: boolean;
      mine: boolean;
    };
  };
  postBallotsByIdPapersByPaperTakeBack: {
    path: {
      id: string;
      paper: string;
    };
    response: {
      paper: string;
      entered: number;
      settled: boolean;
      /**
       * 两个人录得不一样，要再看一看
       */
      differs: boolean;
      mine: boolean;
    };
  };
  postBallotsByIdEnrol: {
    path: {
      id: string;
    };
    body: {
      /**
       * @maxItems 5000
       */
      owners: {
        name: string;
        /**
         * @maxItems 20
         */
        people: string[];
        /**
         * 单位：0.01平方米
         */
        area: number;
      }[];
      /**
       * 看到的名单的版本；在这期间被别人改过就不登记，免得盖掉
       */
      version?: number;
    };
    response: Ballot;
  };
  postBallotsByIdOpen: {
    path: {
      id: string;
    };
    body: {};
    response: Ballot;
  };
  postBallotsByIdCount: {
    path: {
      id: string;
    };
    body: {};
    response: Ballot;
  };
  postBallotsByIdVoid: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Ballot;
  };
  getCare: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      /**
       * 区域编码
       */
      area?: string;
      mine?: string;
      colour?: 'red' | 'yellow' | 'green';
      kind?:
        | 'living_alone'
        | 'empty_nest'
        | 'disabled'
        | 'left_behind'
        | 'child_in_need'
        | 'seriously_ill'
        | 'hardship'
        | 'veteran'
        | 'other';
      person?: string;
      state?: 'kept' | 'ended';
      due?: string;
      alone?: string;
    };
    response: {
      items: CareRow[];
      next?: string;
    };
  };
  postCare: {
    body: {
      kind:
        | 'living_alone'
        | 'empty_nest'
        | 'disabled'
        | 'left_behind'
        | 'child_in_need'
        | 'seriously_ill'
        | 'hardship'
        | 'veteran'
        | 'other';
      reason: string;
      consent: {
        by: 'self' | 'guardian' | 'statutory';
        at: string;
      };
      /**
       * 最晚在366天以内
       */
      reviewBy: string;
      person: string;
      colour: 'red' | 'yellow' | 'green';
      /**
       * 不填就是名册里原来的守望哨
       */
      sentinel?: string;
      lead?: string;
    };
    response: Care;
  };
  getCareLoad: {
    query: {
      /**
       * 区域编码
       */
      area: string;
    };
    response: {
      items: {
        /**
         * 没有就是还没有守望哨的
         */
        sentinel?: {
          id: string;
          name: string;
        };
        colours: {
          [k: string]: number;
        };
        total: number;
      }[];
    };
  };
  getCareCounts: {
    query: {
      /**
       * 区域编码
       */
      area: string;
    };
    response: {
      area: string;
      total: {
        word: string;
        people: number | null;
        text: string;
      };
      colours: {
        word: string;
        people: number | null;
        text: string;
        colour: 'red' | 'yellow' | 'green';
      }[];
      flags: {
        word: string;
        people: number | null;
        text: string;
        kind:
          | 'living_alone'
          | 'empty_nest'
          | 'disabled'
          | 'left_behind'
          | 'child_in_need'
          | 'seriously_ill'
          | 'hardship'
          | 'veteran'
          | 'other';
      }[];
      suppressed: boolean;
    };
  };
  getCareById: {
    path: {
      id: string;
    };
    response: Care;
  };
  postCareByIdFlag: {
    path: {
      id: string;
    };
    body: {
      kind:
        | 'living_alone'
        | 'empty_nest'
        | 'disabled'
        | 'left_behind'
        | 'child_in_need'
        | 'seriously_ill'
        | 'hardship'
        | 'veteran'
        | 'other';
      reason: string;
      consent: {
        by: 'self' | 'guardian' | 'statutory';
        at: string;
      };
      /**
       * 最晚在366天以内
       */
      reviewBy: string;
    };
    response: Care;
  };
  postCareByIdUnflag: {
    path: {
      id: string;
    };
    body: {
      kind:
        | 'living_alone'
        | 'empty_nest'
        | 'disabled'
        | 'left_behind'
        | 'child_in_need'
        | 'seriously_ill'
        | 'hardship'
        | 'veteran'
        | 'other';
      reason: string;
    };
    response: Care;
  };
  postCareByIdRecolour: {
    path: {
      id: string;
    };
    body: {
      colour: 'red' | 'yellow' | 'green';
      reason: string;
    };
    response: Care;
  };
  postCareByIdReview: {
    path: {
      id: string;
    };
    body: {
      kind:
        | 'living_alone'
        | 'empty_nest'
        | 'disabled'
        | 'left_behind'
        | 'child_in_need'
        | 'seriously_ill'
        | 'hardship'
        | 'veteran'
        | 'other';
      /**
       * 最晚在366天以内
       */
      reviewBy: string;
      note?: string;
    };
    response: Care;
  };
  postCareByIdAssign: {
    path: {
      id: string;
    };
    body: {
      sentinel: string;
    };
    response: Care;
  };
  postCareByIdAssignLead: {
    path: {
      id: string;
    };
    body: {
      lead: string;
    };
    response: Care;
  };
  postCareByIdHandOver: {
    path: {
      id: string;
    };
    body: {
      to: string;
      words: string;
    };
    response: Care;
  };
  postCareByIdNote: {
    path: {
      id: string;
    };
    body: {
      text: string;
    };
    response: Care;
  };
  postCareByIdEnd: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Care;
  };
  postImportsCare: {
    query: {
      /**
       * 只检查，不写入
       */
      dryRun?: string;
    };
    response: {
      kind: string;
      /**
       * 表头以下的行数
       */
      rows: number;
      added: number;
      updated: number;
      problems: {
        line: number;
        column: string;
        reason: string;
      }[];
      /**
       * 没有列出的问题数
       */
      moreProblems: number;
      ignoredColumns: string[];
      dryRun: boolean;
      /**
       * 全部写入了；否则一行也没有写入
       */
      imported: boolean;
    };
  };
  getVisits: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      person?: string;
      area?: string;
      /**
       * 一个区域里，由谁记的
       */
      by?: string;
      kind?: 'visit' | 'inspection' | 'arrive' | 'report';
      from?: string;
      to?: string;
    };
    response: {
      items: VisitLine[];
      next?: string;
    };
  };
  postVisits: {
    body: {
      kind?: 'visit' | 'inspection' | 'arrive' | 'report';
      /**
       * 默认今天；没有网络时写的草稿，写当时那天
       */
      day?: string;
      place?: string;
      /**
       * @maxItems 30
       */
      persons?: string[];
      households?: number;
      well?: boolean;
      /**
       * 发现了什么，加密保存，只给联系这些人的人看
       */
      found?: string;
      /**
       * 默认自己负责的片区
       */
      area?: string;
      /**
       * 其中几户没见到人
       */
      unmet?: number;
      /**
       * 指明算哪几项任务，rule-pack/item
       *
       * @maxItems 20
       */
      items?: string[];
      event?: string;
      /**
       * @maxItems 9
       */
      photos?: string[];
      wish?: {
        what?: 'wish';
        text: string;
        /**
         * 心愿的类别，或事件的类别
         */
        category?: string;
        urgent?: boolean;
        person?: string;
        /**
         * 替谁登记，没有账号的写称呼
         */
        name?: string;
      };
      incident?: {
        what?: 'incident';
        text: string;
        /**
         * 心愿的类别，或事件的类别
         */
        category?: string;
      };
      /**
       * 同一天已经记过一条一样的（种类、人、户数），就不再记
       */
      once?: boolean;
    };
    response: Visit;
  };
  getVisitsById: {
    path: {
      id: string;
    };
    response: Visit;
  };
  postVisitsByIdSpawn: {
    path: {
      id: string;
    };
    body: {
      what?: 'wish' | 'incident';
      text: string;
      /**
       * 心愿的类别，或事件的类别
       */
      category?: string;
      urgent?: boolean;
      person?: string;
      /**
       * 替谁登记，没有账号的写称呼
       */
      name?: string;
    };
    response: Visit;
  };
  postVisitsByIdCorrect: {
    path: {
      id: string;
    };
    body: {
      kind?: 'visit' | 'inspection' | 'arrive' | 'report';
      day?: string;
      place?: string;
      /**
       * @maxItems 30
       */
      persons?: string[];
      households?: number;
      well?: boolean;
      /**
       * 发现了什么，加密保存，只给联系这些人的人看
       */
      found?: string;
      reason: string;
    };
    response: Visit;
  };
  postVisitsByIdVoid: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: Visit;
  };
  postVisitsByIdCheck: {
    path: {
      id: string;
    };
    body: {
      agreed: boolean;
      words?: string;
    };
    response: Visit;
  };
  getDuties: {
    query: {
      week?: string;
    };
    response: DutyPlan;
  };
  getAreasByCodeDuties: {
    path: {
      code: string;
    };
    query: {
      week?: string;
    };
    response: DutyOverview;
  };
  getDutyPacks: {
    query: {
      area?: string;
    };
    response: {
      items: DutyPack[];
    };
  };
  postDutyPacks: {
    body: {
      code: string;
      version: number;
      title: string;
      source: string;
      verified: boolean;
      effectiveFrom: string;
      effectiveTo?: string;
      area?: string;
      /**
       * @minItems 1
       * @maxItems 50
       */
      items: {
        code: string;
        title: string;
        kind: 'visit' | 'inspection' | 'arrive' | 'report';
        /**
         * @minItems 1
         */
        who?: (
          | 'resident'
          | 'household_lead'
          | 'worker'
          | 'grid_worker'
          | 'volunteer'
          | 'social_worker'
          | 'facilitator'
          | 'care_keeper'
          | 'secretary'
          | 'supervisor'
          | 'admin'
        )[];
        rule?:
          | {
              times: number;
              per: 'week' | 'month' | 'quarter';
            }
          | {
              everyDays: {
                [k: string]: number;
              };
            }
          | {
              on: string;
              within:
                | {
                    workdays: number;
                  }
                | {
                    days: number;
                  }
                | {
                    hours: number;
                  };
            };
        /**
         * @minItems 1
         */
        flags?: (
          | 'living_alone'
          | 'empty_nest'
          | 'disabled'
          | 'left_behind'
          | 'child_in_need'
          | 'seriously_ill'
          | 'hardship'
          | 'veteran'
          | 'other'
        )[];
        restDays?: boolean;
      }[];
    };
    response: DutyPack;
  };
  postDutyPacksByCodeVerification: {
    path: {
      code: string;
    };
    body: {
      version: number;
      area?: string;
      note: string;
    };
    response: DutyPack;
  };
  getDutyEvents: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      area?: string;
      state?: 'open' | 'dropped';
    };
    response: {
      items: ListedDutyEvent[];
      next?: string;
    };
  };
  postDutyEvents: {
    body: {
      event: string;
      area: string;
      happenedAt?: string;
      bearer?: string;
      person?: string;
      /**
       * 加密保存，只给该去的人看
       */
      place?: string;
      /**
       * 加密保存，只给该去的人看
       */
      what?: string;
    };
    response: DutyEvent;
  };
  postDutyEventsByIdDrop: {
    path: {
      id: string;
    };
    body: {
      reason: string;
    };
    response: DutyEvent;
  };
  getTalks: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      state?: 'asked' | 'scheduled' | 'done' | 'dropped' | 'missed';
      mine?: string;
    };
    response: {
      items: Talk[];
      next?: string;
    };
  };
  postTalks: {
    body: {
      worker?: string;
      occasion: 'transfer' | 'commendation' | 'setback' | 'illness' | 'family' | 'conflict' | 'own_request';
      /**
       * 事情发生在哪一天；不填就是今天
       */
      at?: string;
    };
    response: Talk;
  };
  getTalksDue: {
    query: {
      quarter?: string;
      area?: string;
    };
    response: {
      quarter: string;
      quarterWord: string;
      /**
       * 管的地方比街道大：名单要按街道或社区看
       */
      wide: boolean;
      items: DueTalk[];
    };
  };
  getTalksCounts: {
    query: {
      quarter?: string;
      area?: string;
    };
    response: TalkCounts;
  };
  getTalksTopics: {
    response: {
      items: {
        code: string;
        word: string;
      }[];
    };
  };
  getTalksById: {
    path: {
      id: string;
    };
    response: Talk;
  };
  postTalksByIdRead: {
    path: {
      id: string;
    };
    response: {
      record: string;
    };
  };
  postTalksInvite: {
    body: {
      day: string;
      time: string;
      place?: string;
      worker: string;
    };
    response: Talk;
  };
  postTalksHeld: {
    body: {
      day: string;
      /**
       * @maxItems 10
       */
      topics: string[];
      /**
       * 只有写的人和谈话对象本人能看，加密保存
       */
      record?: string;
      /**
       * @maxItems 10
       */
      difficulties?: {
        kind: 'pay' | 'post' | 'workload' | 'health' | 'housing' | 'schooling' | 'care' | 'other';
        /**
         * 保存前隐去本人的姓名和电话
         */
        text: string;
        owner?: string;
        deadline?: string;
      }[];
      worker: string;
    };
    response: Talk;
  };
  postTalksSaid: {
    body: {
      day: string;
    };
    response: Talk;
  };
  postTalksByIdDone: {
    path: {
      id: string;
    };
    body: {
      day: string;
      /**
       * @maxItems 10
       */
      topics: string[];
      /**
       * 只有写的人和谈话对象本人能看，加密保存
       */
      record?: string;
      /**
       * @maxItems 10
       */
      difficulties?: {
        kind: 'pay' | 'post' | 'workload' | 'health' | 'housing' | 'schooling' | 'care' | 'other';
        /**
         * 保存前隐去本人的姓名和电话
         */
        text: string;
        owner?: string;
        deadline?: string;
      }[];
    };
    response: Talk;
  };
  postTalksByIdAddRecord: {
    path: {
      id: string;
    };
    body: {
      /**
       * 只有写的人和谈话对象本人能看，加密保存
       */
      record: string;
      /**
       * @maxItems 10
       */
      topics?: string[];
    };
    response: Talk;
  };
  postTalksByIdDifficulties: {
    path: {
      id: string;
    };
    body: {
      kind: 'pay' | 'post' | 'workload' | 'health' | 'housing' | 'schooling' | 'care' | 'other';
      /**
       * 保存前隐去本人的姓名和电话
       */
      text: string;
      owner?: string;
      deadline?: string;
    };
    response: Difficulty;
  };
  postTalksByIdSchedule: {
    path: {
      id: string;
    };
    body: {
      day: string;
      time: string;
      place?: string;
    };
    response: Talk;
  };
  postTalksByIdAgree: {
    path: {
      id: string;
    };
    body: {};
    response: Talk;
  };
  postTalksByIdAnother: {
    path: {
      id: string;
    };
    body: {
      day?: string;
      time?: string;
    };
    response: Talk;
  };
  postTalksByIdClaim: {
    path: {
      id: string;
    };
    body: {
      day: string;
    };
    response: Talk;
  };
  postTalksByIdNotYet: {
    path: {
      id: string;
    };
    body: {};
    response: Talk;
  };
  postTalksByIdDrop: {
    path: {
      id: string;
    };
    body: {
      because: 'settled' | 'left' | 'moved' | 'mistake';
    };
    response: Talk;
  };
  getDifficulties: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      state?: 'open' | 'solving' | 'solved' | 'dropped';
      mine?: string;
    };
    response: {
      items: Difficulty[];
      next?: string;
    };
  };
  getDifficultiesCounts: {
    query: {
      area?: string;
    };
    response: DifficultyCounts;
  };
  getDifficultiesById: {
    path: {
      id: string;
    };
    response: Difficulty;
  };
  postDifficultiesByIdTake: {
    path: {
      id: string;
    };
    body: {};
    response: Difficulty;
  };
  postDifficultiesByIdHandOver: {
    path: {
      id: string;
    };
    body: {
      owner: string;
    };
    response: Difficulty;
  };
  postDifficultiesByIdSolve: {
    path: {
      id: string;
    };
    body: {};
    response: Difficulty;
  };
  postDifficultiesByIdDrop: {
    path: {
      id: string;
    };
    body: {
      because: 'passed' | 'refused' | 'twice';
    };
    response: Difficulty;
  };
  postDifficultiesByIdExtend: {
    path: {
      id: string;
    };
    body: {
      because: 'waiting' | 'funds' | 'others' | 'time';
      deadline: string;
    };
    response: Difficulty;
  };
  getCareVisits: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
    };
    response: {
      items: CareVisit[];
      next?: string;
    };
  };
  postCareVisits: {
    body: {
      worker: string;
      day: string;
      kind: 'illness' | 'hardship' | 'bereavement' | 'festival' | 'retirement' | 'other';
    };
    response: CareVisit;
  };
  postCareVisitsByIdVoid: {
    path: {
      id: string;
    };
    body: {
      because: 'mistake' | 'twice';
    };
    response: CareVisit;
  };
  getCertificates: {
    query: {
      q?: string;
      area?: string;
    };
    response: {
      items: Certificate[];
    };
  };
  getCertificateLists: {
    response: {
      items: CertificateList[];
    };
  };
  putCertificateListsByCode: {
    path: {
      code: string;
    };
    body: {
      version: number;
      title: string;
      source: string;
      province: string;
      provinceCode?: string;
      effectiveFrom: string;
      /**
       * @minItems 1
       * @maxItems 200
       */
      items: {
        name: string;
        /**
         * @maxItems 40
         */
        aliases: string[];
        issuedBy: string;
        bring?: string;
        byCommunity?: boolean;
        basis?: string;
        verified: boolean;
      }[];
    };
    response: CertificateList;
  };
  postPhotos: {
    response: {
      id: string;
      width: number;
      height: number;
    };
  };
  getPhotosById: {
    path: {
      id: string;
    };
  };
  getInbox: {
    query: {
      /**
       * 每页条数
       */
      limit?: number;
      /**
       * 上一页返回的 next；不填就是第一页
       */
      cursor?: string;
      /**
       * 只看未读
       */
      unread?: string;
    };
    response: {
      items: {
        key: string;
        /**
         * 消息的种类
         */
        message: string;
        title: string;
        text: string;
        /**
         * 小程序里的页面
         */
        link?: string;
        urgent: boolean;
        createdAt: string;
        readAt?: string;
      }[];
      next?: string;
    };
  };
  getInboxUnread: {
    response: {
      /**
       * 最多数到 100
       */
      unread: number;
    };
  };
  postInboxRead: {
    body:
      | {
          /**
           * @minItems 1
           * @maxItems 100
           */
          keys: string[];
        }
      | {
          /**
           * 这一刻（含）以前的全部标为已读
           */
          until: string;
        };
    response: {
      /**
       * 这次标记的条数
       */
      read: number;
    };
  };
}
/**
 * 登录（POST /api/v1/session/wechat）得到的令牌
 */
export interface Session {
  token: string;
  expiresAt: string;
  person: Me;
}
export interface Me {
  id: string;
  name: string;
  roles: {
    role:
      | 'resident'
      | 'household_lead'
      | 'worker'
      | 'grid_worker'
      | 'volunteer'
      | 'social_worker'
      | 'facilitator'
      | 'care_keeper'
      | 'secretary'
      | 'supervisor'
      | 'admin';
    area: string;
  }[];
  areas: string[];
}
export interface DutyPhone {
  phone?: string;
}
export interface OfficeHours {
  officeHours: {
    days: ('workdays' | 'everyday') | number[];
    /**
     * @minItems 1
     * @maxItems 4
     */
    times: {
      from: string;
      to: string;
    }[];
  };
  /**
   * 照人说的写：工作日 09:00–17:00
   */
  words: string;
  /**
   * 现在有没有人上班
   */
  open: boolean;
  /**
   * 下一次开门的时间；开着就是现在
   */
  opensAt?: string;
}
export interface GridVersion {
  grid: string;
  version: number;
  name: string;
  from: string;
  /**
   * 到这一天为止，当天还算；没有就是一直算
   */
  until?: string;
  boundary?: {
    type: 'Polygon';
    coordinates: number[][][];
  };
  places: {
    estate: string;
    buildings?: string[];
  }[];
  source: string;
  at: string;
}
export interface Person {
  id: string;
  /**
   * 公开岗位的人显示全名，其他人只显示姓
   */
  name: string;
  gender?: 'female' | 'male';
  birthYear?: number;
  phone?: string;
  idNumber?: string;
  hasAddress: boolean;
  areas: string[];
  roles: {
    role:
      | 'resident'
      | 'household_lead'
      | 'worker'
      | 'grid_worker'
      | 'volunteer'
      | 'social_worker'
      | 'facilitator'
      | 'care_keeper'
      | 'secretary'
      | 'supervisor'
      | 'admin';
    /**
     * 区域编码
     */
    area: string;
  }[];
  skills: string[];
  sentinel?: string;
  mutedUntil?: string;
}
export interface ListedWish {
  view: 'full';
  id: string;
  number: number;
  title: string;
  text: string;
  category: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
  state:
    | 'submitted'
    | 'published'
    | 'claimed'
    | 'done'
    | 'partial'
    | 'reopened'
    | 'closed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'referred';
  stateWord: string;
  urgent: boolean;
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  postedAt: string;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
  version: number;
  requester: {
    id: string;
    name: string;
  };
  claimant?: {
    id: string;
    name: string;
  };
  dueAt?: string;
  late: boolean;
}
export interface PublicWish {
  view: 'public';
  id: string;
  number: number;
  title: string;
  text: string;
  category: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
  state:
    | 'submitted'
    | 'published'
    | 'claimed'
    | 'done'
    | 'partial'
    | 'reopened'
    | 'closed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'referred';
  stateWord: string;
  urgent: boolean;
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  postedAt: string;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
  score?: number;
}
export interface FullWish {
  view: 'full';
  id: string;
  number: number;
  title: string;
  text: string;
  category: 'goods' | 'repair' | 'care' | 'errand' | 'study' | 'service' | 'other';
  state:
    | 'submitted'
    | 'published'
    | 'claimed'
    | 'done'
    | 'partial'
    | 'reopened'
    | 'closed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'referred';
  stateWord: string;
  urgent: boolean;
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  postedAt: string;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
  version: number;
  requester: {
    id: string;
    name: string;
  };
  claimant?: {
    id: string;
    name: string;
  };
  dueAt?: string;
  late: boolean;
  grid?: string;
  /**
   * 只给许愿人自己看；其他人用 unmask 查看
   */
  address?: string;
  /**
   * 可以用 unmask 查看联系方式和详细地址（会留下记录）
   */
  unmask: boolean;
  wall: {
    title: string;
    text: string;
  };
  priority: number;
  proxy?: {
    id: string;
    name: string;
  };
  beneficiary?: {
    name: string;
    relation: string;
    under14: boolean;
  };
  photos: {
    id: string;
    width: number;
    height: number;
  }[];
  group?: {
    name: string;
    members: {
      id: string;
      name: string;
    }[];
  };
  offeredUntil?: string;
  contactedAt?: string;
  contactNote?: string;
  extensions: {
    until: string;
    reason: string;
    at: string;
  }[];
  due: {
    [k: string]: string;
  };
  done?: {
    note: string;
    photos: {
      id: string;
      width: number;
      height: number;
    }[];
    cost?: number;
    at: string;
  };
  left?: string;
  rating?: {
    score: number;
    words?: string;
    at: string;
  };
  reopenings: number;
  mergedInto?: {
    number: number;
    state?:
      | 'submitted'
      | 'published'
      | 'claimed'
      | 'done'
      | 'partial'
      | 'reopened'
      | 'closed'
      | 'declined'
      | 'withdrawn'
      | 'merged'
      | 'referred';
    stateWord?: string;
  };
  duplicates: number;
  referral?: {
    to: string;
    number: string;
  };
  history: {
    at: string;
    move: string;
    to:
      | 'submitted'
      | 'published'
      | 'claimed'
      | 'done'
      | 'partial'
      | 'reopened'
      | 'closed'
      | 'declined'
      | 'withdrawn'
      | 'merged'
      | 'referred';
    toWord: string;
    by: string;
    why?: string;
    channel: string;
  }[];
}
export interface ListedIncident {
  id: string;
  number: number;
  version: number;
  title: string;
  category: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
  categoryWord: string;
  urgency: 'danger' | 'urgent' | 'soon' | 'usual' | 'long';
  urgencyWord: string;
  level: 'grid' | 'community' | 'street';
  levelWord: string;
  state:
    | 'reported'
    | 'triaged'
    | 'dispatched'
    | 'assisting'
    | 'resolved'
    | 'confirmed'
    | 'rejected'
    | 'partial'
    | 'reopened'
    | 'merged'
    | 'referred'
    | 'declined'
    | 'withdrawn';
  stateWord: string;
  /**
   * 五步中的第几步
   */
  step: number;
  stepWord: '信息收集' | '问题发现' | '任务分办' | '协同处置' | '结果反馈';
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  grid?: string;
  postedAt: string;
  dueAt?: string;
  late: boolean;
  handler?: {
    id: string;
    name: string;
  };
  /**
   * 是自己报告的，或别人替自己报告的
   */
  own: boolean;
  /**
   * 除了自己，还有几位居民报告了同一件事
   */
  others: number;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
}
export interface Incident {
  id: string;
  number: number;
  version: number;
  title: string;
  category: 'sanitation' | 'facility' | 'safety' | 'dispute' | 'noise' | 'other';
  categoryWord: string;
  urgency: 'danger' | 'urgent' | 'soon' | 'usual' | 'long';
  urgencyWord: string;
  level: 'grid' | 'community' | 'street';
  levelWord: string;
  state:
    | 'reported'
    | 'triaged'
    | 'dispatched'
    | 'assisting'
    | 'resolved'
    | 'confirmed'
    | 'rejected'
    | 'partial'
    | 'reopened'
    | 'merged'
    | 'referred'
    | 'declined'
    | 'withdrawn';
  stateWord: string;
  /**
   * 五步中的第几步
   */
  step: number;
  stepWord: '信息收集' | '问题发现' | '任务分办' | '协同处置' | '结果反馈';
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  grid?: string;
  postedAt: string;
  dueAt?: string;
  late: boolean;
  handler?: {
    id: string;
    name: string;
  };
  /**
   * 是自己报告的，或别人替自己报告的
   */
  own: boolean;
  /**
   * 除了自己，还有几位居民报告了同一件事
   */
  others: number;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
  text: string;
  /**
   * 只给报告人自己看；其他人用 unmask 查看
   */
  address?: string;
  /**
   * 走访中发现的：哪次走访，只给记走访的人自己看
   */
  visit?: string;
  /**
   * 可以用 unmask 查看联系方式和详细地址（会留下记录）
   */
  unmask: boolean;
  /**
   * 自己报告的；负责这里的人看到所有的
   */
  reports: {
    name: string;
    at: string;
    text: string;
    photos: {
      id: string;
      width: number;
      height: number;
    }[];
    own: boolean;
    proxyFor?: {
      name: string;
      relation: string;
    };
  }[];
  /**
   * 处置前的照片
   */
  before: {
    id: string;
    width: number;
    height: number;
  }[];
  /**
   * 处置后的照片
   */
  after: {
    id: string;
    width: number;
    height: number;
  }[];
  helpers: {
    name: string;
    unit: boolean;
    words: string;
    at: string;
  }[];
  notes: {
    by: string;
    text: string;
    photos: {
      id: string;
      width: number;
      height: number;
    }[];
    at: string;
    toReporters: boolean;
  }[];
  rejections: {
    by: string;
    reason: string;
    at: string;
  }[];
  raised: {
    from: 'grid' | 'community' | 'street';
    to: 'grid' | 'community' | 'street';
    reason: string;
    at: string;
  }[];
  extensions: {
    until: string;
    reason: string;
    at: string;
  }[];
  due: {
    [k: string]: string;
  };
  outcome?: {
    note: string;
    at: string;
  };
  left?: string;
  rating?: {
    satisfied: boolean;
    words?: string;
    at: string;
  };
  reopenings: number;
  mergedInto?: {
    number: number;
    state?:
      | 'reported'
      | 'triaged'
      | 'dispatched'
      | 'assisting'
      | 'resolved'
      | 'confirmed'
      | 'rejected'
      | 'partial'
      | 'reopened'
      | 'merged'
      | 'referred'
      | 'declined'
      | 'withdrawn';
    stateWord?: string;
  };
  referral?: {
    to: string;
    number: string;
  };
  history: {
    at: string;
    move: string;
    to:
      | 'reported'
      | 'triaged'
      | 'dispatched'
      | 'assisting'
      | 'resolved'
      | 'confirmed'
      | 'rejected'
      | 'partial'
      | 'reopened'
      | 'merged'
      | 'referred'
      | 'declined'
      | 'withdrawn';
    toWord: string;
    by: string;
    why?: string;
    channel: string;
  }[];
}
export interface Handoff {
  id: string;
  number: number;
  state: 'opened' | 'answered' | 'closed';
  stateWord: string;
  community: string;
  requester: {
    id: string;
    name: string;
  };
  said: {
    by: {
      id: string;
      name: string;
    };
    answer: boolean;
    text: string;
    at: string;
    urgent?: boolean;
  }[];
  /**
   * 有人说有危险，还没有人回复
   */
  urgent: boolean;
  /**
   * 列表里的一句话：紧急的是求救那句，其他是最后一句
   */
  gist: string;
  /**
   * 到时间还没有人回复
   */
  late: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  moves: string[];
}
export interface Venue {
  id: string;
  name: string;
  kind: 'hall' | 'courtyard';
  kindWord: string;
  community: string;
  area: string;
  address: string;
  capacity: number;
  opening: {
    from: string;
    to: string;
    weekday: number;
  }[];
  closedDays: string[];
  active: boolean;
  closedBecause?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /**
   * 现在可以做的事
   */
  moves: ('book' | 'edit' | 'close' | 'reopen')[];
}
export interface Booking {
  id: string;
  venue: {
    id: string;
    name: string;
    address: string;
  };
  day: string;
  from: string;
  to: string;
  startsAt: string;
  endsAt: string;
  state: 'held' | 'over' | 'cancelled';
  stateWord: string;
  purpose?: string;
  people?: number;
  by?: {
    id: string;
    name: string;
  };
  /**
   * 要提醒的：坐不下，或者这个时间不再开放
   */
  warnings: string[];
  /**
   * 取消的原因
   */
  reason?: string;
  /**
   * 现在可以做的事
   */
  moves: ('move' | 'cancel')[];
}
export interface TopicLine {
  id: string;
  number: number;
  title: string;
  state:
    | 'proposed'
    | 'seconded'
    | 'accepted'
    | 'scheduled'
    | 'discussing'
    | 'voting'
    | 'resolved'
    | 'publicised'
    | 'executing'
    | 'reviewed'
    | 'failed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'shelved';
  stateWord: string;
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  proposedAt: string;
  /**
   * 有多少人附议
   */
  seconds: number;
  /**
   * 要多少人附议，社区才必须受理
   */
  secondsNeeded: number;
  /**
   * 是不是自己提的
   */
  mine: boolean;
  /**
   * 自己附议过没有
   */
  seconded: boolean;
  facilitator?: {
    id: string;
    name: string;
  };
  version: number;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
}
export interface Topic {
  id: string;
  number: number;
  title: string;
  state:
    | 'proposed'
    | 'seconded'
    | 'accepted'
    | 'scheduled'
    | 'discussing'
    | 'voting'
    | 'resolved'
    | 'publicised'
    | 'executing'
    | 'reviewed'
    | 'failed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'shelved';
  stateWord: string;
  /**
   * 社区和网格
   */
  place: string;
  community: string;
  proposedAt: string;
  /**
   * 有多少人附议
   */
  seconds: number;
  /**
   * 要多少人附议，社区才必须受理
   */
  secondsNeeded: number;
  /**
   * 是不是自己提的
   */
  mine: boolean;
  /**
   * 自己附议过没有
   */
  seconded: boolean;
  facilitator?: {
    id: string;
    name: string;
  };
  version: number;
  /**
   * 这个人现在能做的操作
   */
  moves: string[];
  text: string;
  meeting?: TopicMeeting;
  /**
   * 开过的会
   */
  meetings: TopicMeeting1[];
  vote?: TopicVote;
  /**
   * 办过的表决
   */
  votes: TopicVote[];
  outcome?: 'passed' | 'failed' | 'agreed';
  outcomeWord?: string;
  /**
   * 结果怎么算出来的，一句一句
   */
  arithmetic: string[];
  /**
   * 决议
   */
  resolution?: string;
  /**
   * 公示期
   */
  publicity?: {
    from: string;
    until: string;
    /**
     * 公示期已满，还在等社区答复异议
     */
    awaits: boolean;
  };
  /**
   * 一共提了多少条异议
   */
  objectionCount: number;
  /**
   * 答复后公开的；自己提的都在，社区看得到全部
   */
  objections: TopicObjection[];
  /**
   * 要办的事
   */
  items: TopicItem[];
  /**
   * 请大家评价到什么时候
   */
  reviewing?: {
    until: string;
    summary: string;
  };
  reviews: {
    count: number;
    /**
     * 满意度；评价结束以后才说，评价的人太少就不说
     */
    average?: number;
    mine?: number;
    /**
     * 只给社区看，不说是谁写的
     */
    words?: string[];
  };
  /**
   * 只给自己和社区看
   */
  proposer?: {
    id: string;
    name: string;
  };
  /**
   * 谁都能看的网页
   */
  publicPage?: string;
  mergeAsked?: {
    number: number;
    title: string;
  };
  mergedInto?: {
    id: string;
    number: number;
  };
  mergedFrom: {
    id: string;
    number: number;
  }[];
  /**
   * 为什么暂缓
   */
  shelved?: string;
  history: {
    at: string;
    move: string;
    to:
      | 'proposed'
      | 'seconded'
      | 'accepted'
      | 'scheduled'
      | 'discussing'
      | 'voting'
      | 'resolved'
      | 'publicised'
      | 'executing'
      | 'reviewed'
      | 'failed'
      | 'declined'
      | 'withdrawn'
      | 'merged'
      | 'shelved';
    toWord: string;
    why?: string;
  }[];
}
/**
 * 定好的或正在开的会
 */
export interface TopicMeeting {
  /**
   * 第几次会
   */
  session: number;
  venue: {
    id: string;
    name: string;
    address: string;
  };
  startsAt: string;
  endsAt: string;
  agenda: string[];
  /**
   * 按哪份规则看人到齐没有
   */
  pack?: string;
  variant?: string;
  begunAt?: string;
  paused: boolean;
  endedAt?: string;
  /**
   * 为什么改天接着开
   */
  adjourned?: string;
  /**
   * 签到码，只给主持的人看
   */
  code?: string;
}
export interface TopicMeeting1 {
  /**
   * 第几次会
   */
  session: number;
  venue: {
    id: string;
    name: string;
    address: string;
  };
  startsAt: string;
  endsAt: string;
  agenda: string[];
  /**
   * 按哪份规则看人到齐没有
   */
  pack?: string;
  variant?: string;
  begunAt?: string;
  paused: boolean;
  endedAt?: string;
  /**
   * 为什么改天接着开
   */
  adjourned?: string;
  /**
   * 签到码，只给主持的人看
   */
  code?: string;
}
export interface TopicVote {
  /**
   * 表决编号，见 /ballots/{id}
   */
  ballot: string;
  question: string;
  packTitle: string;
  secrecy: 'open' | 'secret';
  opensAt: string;
  closesAt: string;
  /**
   * 按时间算出的进度
   */
  phase: 'prepared' | 'waiting' | 'open' | 'closed' | 'over';
}
export interface TopicObjection {
  id: string;
  at: string;
  text: string;
  mine: boolean;
  standing: 'waiting' | 'visible' | 'hidden' | 'lapsed';
  standingWord: string;
  /**
   * 只给社区看
   */
  by?: string;
  answer?: {
    text: string;
    upheld: boolean;
    at: string;
  };
}
export interface TopicItem {
  id: string;
  text: string;
  /**
   * 谁来办；居民看到的是遮住的名字
   */
  owner: string;
  mine: boolean;
  deadline: string;
  late: boolean;
  wish?: {
    id: string;
    number: number;
  };
  done?: {
    at: string;
    note: string;
  };
  /**
   * 定下不办了，为什么
   */
  dropped?: {
    at: string;
    reason: string;
  };
  /**
   * 换过谁、延过几次期；from 是原来的人或者原来的日子
   */
  changes: {
    at: string;
    what: 'passed' | 'extended';
    from: string;
    reason?: string;
  }[];
}
export interface TopicAttendance {
  /**
   * 第几次会
   */
  session: number;
  /**
   * 应到
   */
  expected: number;
  /**
   * 到会
   */
  present: number;
  /**
   * 够不够开会
   */
  enough: boolean;
  sentences: string[];
  /**
   * 自己家到会了没有
   */
  mine: boolean;
  /**
   * 签到码，只给主持人看
   */
  code?: string;
  /**
   * 现在能不能登记到会，只给主持人看
   */
  calls?: boolean;
  /**
   * 现在能不能取消登记，只给主持人看
   */
  undoes?: boolean;
  /**
   * 一个人最多代几户，只给主持人看
   */
  proxies?: number;
  /**
   * 名单，只给主持人看
   */
  voices?: {
    items: {
      voice: string;
      /**
       * 门牌；不在哪一户的是名字
       */
      name: string;
      /**
       * 这一户有谁；门牌就是名字的没有
       */
      names?: string[];
      present: boolean;
      how?: 'code' | 'roll' | 'proxy';
      /**
       * 谁代的
       */
      proxy?: string;
      /**
       * 这一户的人，可以选来代别人；只有规则许代、自己又到会的才有
       */
      people?: {
        id: string;
        name: string;
      }[];
    }[];
    next?: string;
  };
}
export interface TopicStatements {
  items: TopicStatement[];
  next?: string;
}
export interface TopicStatement {
  id: string;
  session: number;
  text: string;
  mine: boolean;
  state: 'waiting' | 'visible' | 'hidden';
  stateWord: string;
  /**
   * 为什么不公开，只给自己和主持人看
   */
  reason?: string;
  /**
   * 只给社区看
   */
  by?: {
    id: string;
    name: string;
  };
  /**
   * 只给自己和主持人看
   */
  at?: string;
}
export interface TopicOpinionGiven {
  done: boolean;
}
export interface TopicOpinions {
  /**
   * 一共多少人表过态；表过就算，不会变少
   */
  people: number;
  /**
   * 想法相近的人，每组至少5人，看不出是谁
   */
  groups: {
    people: number;
    statements: {
      statement: string;
      text: string;
      agree: number;
      disagree: number;
      pass: number;
    }[];
  }[];
  /**
   * 大家都同意的
   */
  common: {
    statement: string;
    text: string;
    agree: number;
    answered: number;
  }[];
  /**
   * 自己的表态
   */
  mine: {
    statement: string;
    opinion: 'agree' | 'disagree' | 'pass';
  }[];
}
export interface TopicMinutes {
  topic: string;
  number: number;
  title: string;
  place: string;
  session: number;
  over: boolean;
  venue: {
    name: string;
    address: string;
  };
  startsAt: string;
  endsAt: string;
  begunAt?: string;
  endedAt?: string;
  /**
   * 为什么休会
   */
  adjourned?: string;
  host?: string;
  agenda: string[];
  attendance: {
    expected: number;
    present: number;
    sentences: string[];
  };
  /**
   * 公开的发言，没有名字
   */
  statements: string[];
  /**
   * 表决结果和怎么算的，计票以后才有
   */
  result: string[];
  resolution?: string;
  /**
   * 写好的部分；还没有写的时候按议程列好
   */
  written: {
    points: {
      agenda: string;
      words: string;
    }[];
    conclusion: string;
    recorder: string;
    at?: string;
  };
  /**
   * 0：还没有写
   */
  version: number;
  mayWrite: boolean;
  /**
   * 结果已经公示，再改要写明更正的原因
   */
  needsReason: boolean;
  /**
   * 公示以后更正过什么，为什么
   */
  corrections: {
    at: string;
    reason: string;
  }[];
  /**
   * 谁什么时候存过、改了哪里，只给主持的人看
   */
  versions?: {
    version: number;
    at: string;
    by: string;
    changed: string[];
  }[];
}
export interface PublicTopic {
  outcome?: string;
  /**
   * 结果和怎么算的
   */
  result: string[];
  /**
   * 决议
   */
  resolution?: string;
  publicity?: {
    from: string;
    until: string;
    /**
     * 公示期已满，还在等社区答复异议
     */
    awaits: boolean;
  };
  number: number;
  title: string;
  text: string;
  place: string;
  state:
    | 'proposed'
    | 'seconded'
    | 'accepted'
    | 'scheduled'
    | 'discussing'
    | 'voting'
    | 'resolved'
    | 'publicised'
    | 'executing'
    | 'reviewed'
    | 'failed'
    | 'declined'
    | 'withdrawn'
    | 'merged'
    | 'shelved';
  stateWord: string;
  /**
   * 公示过的结果因为异议成立撤下了，在重新商量
   */
  again: boolean;
  proposed: string;
  /**
   * 为什么暂缓
   */
  shelved?: string;
  /**
   * 定好的或正在开的会
   */
  meeting?: {
    from: string;
    until: string;
    venue: string;
    agenda: string[];
  };
  /**
   * 开过的会
   */
  meetings: {
    day: string;
    venue: string;
    attendance: string[];
    conclusion?: string;
    /**
     * 公示以后更正过纪要，为什么
     */
    corrected?: {
      day: string;
      reason: string;
    }[];
  }[];
  /**
   * 不同想法的人都同意的话
   */
  common: string[];
  /**
   * 正在办的表决；截止以前没有任何票数
   */
  vote?: {
    question: string;
    rule: string;
    secrecy: 'open' | 'secret';
    from: string;
    until: string;
    phase: 'waiting' | 'open' | 'closed';
  };
  /**
   * 以前公示过、后来撤下的结果
   */
  earlier: {
    outcome?: string;
    /**
     * 结果和怎么算的
     */
    result: string[];
    /**
     * 决议
     */
    resolution?: string;
    publicity: {
      from: string;
      until: string;
    };
  }[];
  /**
   * 一共提了多少条异议
   */
  objectionCount: number;
  /**
   * 社区答复后公开的
   */
  objections: {
    text: string;
    answer?: string;
    upheld?: boolean;
  }[];
  items: {
    text: string;
    deadline: string;
    /**
     * 延过期的：原定的日子
     */
    first?: string;
    done: boolean;
    dropped: boolean;
    /**
     * 为什么不办了
     */
    reason?: string;
  }[];
  /**
   * 参加的人评价到哪一天
   */
  reviewing?: string;
  /**
   * 满意度，1到5分；评价结束以后才有
   */
  satisfaction?: number;
}
export interface Ballot {
  id: string;
  /**
   * 按时间算出的状态
   */
  state: 'drafted' | 'open' | 'closed' | 'counted' | 'void';
  stateWord: string;
  community: string;
  title: string;
  question: string;
  about?: string;
  pack: {
    code: string;
    version: number;
    title: string;
    verified: boolean;
    note?: string;
    variant?: string;
  };
  secrecy: 'open' | 'secret';
  opensAt: string;
  closesAt: string;
  /**
   * 自己能投的票
   */
  mine: {
    elector: string;
    name: string;
    voted: boolean;
    way?: 'phone' | 'paper';
    /**
     * 只有记名投票才有
     */
    choice?: 'for' | 'against' | 'abstain';
    /**
     * 只算到会的，要先在会场签到才能投
     */
    signInFirst?: true;
  }[];
  /**
   * 参加的情况，看不出怎么投的
   */
  turnout?: {
    electorate: {
      heads: number;
      /**
       * 单位：0.01平方米
       */
      area: number;
    };
    present: {
      heads: number;
      /**
       * 单位：0.01平方米
       */
      area: number;
    };
    enough: boolean;
    sentences: string[];
  };
  /**
   * 计票以后才有
   */
  result?: {
    outcome: 'passed' | 'failed' | 'tie';
    tally: {
      for: {
        heads: number;
        /**
         * 单位：0.01平方米
         */
        area: number;
      };
      against: {
        heads: number;
        /**
         * 单位：0.01平方米
         */
        area: number;
      };
      abstain: {
        heads: number;
        /**
         * 单位：0.01平方米
         */
        area: number;
      };
    };
    sentences: string[];
  };
  createdAt: string;
  updatedAt: string;
  version: number;
  moves: string[];
}
export interface CareRow {
  id: string;
  person: {
    id: string;
    name: string;
  };
  colour: 'red' | 'yellow' | 'green';
  colourWord: string;
  /**
   * 由本人照看
   */
  mine: boolean;
  state?: 'kept' | 'ended';
  stateWord?: string;
  /**
   * 联户长看不到
   */
  flags?: {
    kind:
      | 'living_alone'
      | 'empty_nest'
      | 'disabled'
      | 'left_behind'
      | 'child_in_need'
      | 'seriously_ill'
      | 'hardship'
      | 'veteran'
      | 'other';
    word: string;
    reviewBy: string;
    /**
     * 到了复核日期
     */
    due: boolean;
  }[];
  grid?: string;
  sentinel?: {
    id: string;
    name: string;
  };
  since?: string;
  lastVisit?: string;
  reviewDue?: boolean;
}
export interface Care {
  id: string;
  person: {
    id: string;
    name: string;
  };
  colour: 'red' | 'yellow' | 'green';
  colourWord: string;
  /**
   * 由本人照看
   */
  mine: boolean;
  state?: 'kept' | 'ended';
  stateWord?: string;
  flags?: {
    kind:
      | 'living_alone'
      | 'empty_nest'
      | 'disabled'
      | 'left_behind'
      | 'child_in_need'
      | 'seriously_ill'
      | 'hardship'
      | 'veteran'
      | 'other';
    word: string;
    reviewBy: string;
    /**
     * 到了复核日期
     */
    due: boolean;
    since: string;
    consent: {
      by: 'self' | 'guardian' | 'statutory';
      byWord: string;
      at: string;
    };
    reason: string;
    by: {
      id: string;
      name: string;
    };
  }[];
  grid?: string;
  sentinel?: {
    id: string;
    name: string;
  };
  since?: string;
  lastVisit?: string;
  reviewDue?: boolean;
  community?: string;
  lead?: {
    id: string;
    name: string;
  };
  /**
   * 最近的走访日期，新的在前
   */
  visits?: string[];
  /**
   * 写过的记录和各次改动的原因，新的在前
   */
  notes?: {
    move: string;
    moveWord: string;
    text: string;
    by: {
      id: string;
      name: string;
    };
    at: string;
  }[];
  /**
   * 以前的守望哨，早的在前
   */
  served?: {
    sentinel: {
      id: string;
      name: string;
    };
    from: string;
    to: string;
  }[];
  updatedAt?: string;
  version: number;
  moves: string[];
}
export interface VisitLine {
  id: string;
  state: 'logged' | 'void';
  stateWord: string;
  kind: 'visit' | 'inspection' | 'arrive' | 'report';
  kindWord: string;
  day: string;
  by: {
    id: string;
    name: string;
  };
  community: string;
  grid?: string;
  place?: string;
  households: number;
  /**
   * 是不是都正常；抽查的人看不到
   */
  well?: boolean;
  /**
   * 记的时候其中几户没见到人；更正过的和抽查的人看不到
   */
  unmet?: number;
  photos: {
    id: string;
    width: number;
    height: number;
  }[];
  /**
   * 事后补记的
   */
  late: boolean;
  corrected: boolean;
  /**
   * 抽查的结果；抽查以后又改过的是 changed
   */
  checked?: 'agreed' | 'doubted' | 'changed';
  createdAt: string;
}
export interface Visit {
  id: string;
  state: 'logged' | 'void';
  stateWord: string;
  kind: 'visit' | 'inspection' | 'arrive' | 'report';
  kindWord: string;
  day: string;
  by: {
    id: string;
    name: string;
  };
  community: string;
  grid?: string;
  place?: string;
  households: number;
  /**
   * 是不是都正常；抽查的人看不到
   */
  well?: boolean;
  /**
   * 记的时候其中几户没见到人；更正过的和抽查的人看不到
   */
  unmet?: number;
  photos: {
    id: string;
    width: number;
    height: number;
  }[];
  /**
   * 事后补记的
   */
  late: boolean;
  corrected: boolean;
  /**
   * 抽查的结果；抽查以后又改过的是 changed
   */
  checked?: 'agreed' | 'doubted' | 'changed';
  createdAt: string;
  /**
   * 能看全部内容；抽查的人只看得到日子、网格、户数，和没有关爱对象的照片
   */
  full: boolean;
  persons: {
    id: string;
    name: string;
  }[];
  found?: string;
  items: string[];
  event?: string;
  spawned: {
    kind: 'wish' | 'incident';
    id: string;
    number: number;
    /**
     * 写的话说有人有危险，已经按危及生命马上通知
     */
    danger?: boolean;
    /**
     * 现在办得怎样
     */
    stateWord?: string;
  }[];
  /**
   * 更正以前的内容，先后排列
   */
  before: {
    kind: 'visit' | 'inspection' | 'arrive' | 'report';
    day: string;
    place?: string;
    households: number;
    well?: boolean;
    found?: string;
    until: string;
  }[];
  checks: {
    by: {
      id: string;
      name: string;
    };
    at: string;
    agreed: boolean;
    words?: string;
  }[];
  version: number;
  moves: string[];
}
export interface DutyPlan {
  week: string;
  from: string;
  to: string;
  items: Due[];
  left: number;
}
export interface Due {
  key: string;
  item: string;
  title: string;
  kind: 'visit' | 'inspection' | 'arrive' | 'report';
  person?: {
    id: string;
    name: string;
  };
  colour?: 'red' | 'yellow' | 'green';
  event?: string;
  /**
   * 什么时候、在哪里、出了什么情况、谁报的；只给该去的人看
   */
  happened?: string;
  by: string;
  late: boolean;
  done: boolean;
  left: number;
  why: string;
  /**
   * 规则是否经管理员核实
   */
  verified: boolean;
}
export interface DutyOverview {
  week: string;
  area: string;
  workers: {
    id: string;
    name: string;
    all: number;
    done: number;
    late: number;
  }[];
  /**
   * 还没有人负责的关爱对象走访
   */
  nobody: number;
  all: number;
  done: number;
}
export interface DutyPack {
  code: string;
  version: number;
  title: string;
  source: string;
  verified: boolean;
  effectiveFrom: string;
  effectiveTo?: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  items: {
    code: string;
    title: string;
    kind: 'visit' | 'inspection' | 'arrive' | 'report';
    /**
     * @minItems 1
     */
    who?: (
      | 'resident'
      | 'household_lead'
      | 'worker'
      | 'grid_worker'
      | 'volunteer'
      | 'social_worker'
      | 'facilitator'
      | 'care_keeper'
      | 'secretary'
      | 'supervisor'
      | 'admin'
    )[];
    rule?:
      | {
          times: number;
          per: 'week' | 'month' | 'quarter';
        }
      | {
          everyDays: {
            [k: string]: number;
          };
        }
      | {
          on: string;
          within:
            | {
                workdays: number;
              }
            | {
                days: number;
              }
            | {
                hours: number;
              };
        };
    /**
     * @minItems 1
     */
    flags?: (
      | 'living_alone'
      | 'empty_nest'
      | 'disabled'
      | 'left_behind'
      | 'child_in_need'
      | 'seriously_ill'
      | 'hardship'
      | 'veteran'
      | 'other'
    )[];
    restDays?: boolean;
  }[];
  area?: string;
  /**
   * 只有名称，还没有填内容
   */
  placeholder: boolean;
  inForce: boolean;
}
export interface ListedDutyEvent {
  id: string;
  state: 'open' | 'dropped';
  stateWord: string;
  event: string;
  title: string;
  happenedAt: string;
  bearer: {
    id: string;
    name: string;
  };
  /**
   * 最晚哪天到场或报告
   */
  by?: string;
  /**
   * 有人到场或报告了
   */
  answered: boolean;
  /**
   * 什么时候、在哪里、出了什么情况、谁报的
   */
  happened?: string;
}
export interface DutyEvent {
  id: string;
  state: 'open' | 'dropped';
  stateWord: string;
  event: string;
  title: string;
  happenedAt: string;
  bearer: {
    id: string;
    name: string;
  };
  /**
   * 最晚哪天到场或报告
   */
  by?: string;
}
export interface Talk {
  id: string;
  state: 'asked' | 'scheduled' | 'done' | 'dropped' | 'missed';
  stateWord: string;
  community: string;
  worker: {
    id: string;
    name: string;
  };
  /**
   * 为什么谈：哪个季度，或哪件事
   */
  purposeWord: string;
  occasion?: {
    kind: 'transfer' | 'commendation' | 'setback' | 'illness' | 'family' | 'conflict' | 'own_request';
    at: string;
  };
  /**
   * 因事约谈的，最晚哪天谈
   */
  by?: string;
  late: boolean;
  /**
   * 约时间或谈话的书记
   */
  host?: {
    id: string;
    name: string;
  };
  meeting?: {
    day: string;
    time: string;
    place?: string;
    agreed: boolean;
  };
  /**
   * 本人说这天谈过了，等书记确认
   */
  claimed?: string;
  heldOn?: string;
  /**
   * 只给写记录的人和本人看
   */
  topics?: {
    code: string;
    word: string;
  }[];
  hasRecord: boolean;
  /**
   * 能不能看谈话记录
   */
  mayRead: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  moves: string[];
}
export interface DueTalk {
  key: string;
  worker: {
    id: string;
    name: string;
  };
  community: string;
  /**
   * 最晚哪个工作日
   */
  by: string;
  /**
   * 为什么要谈
   */
  why: string;
  occasion?: 'transfer' | 'commendation' | 'setback' | 'illness' | 'family' | 'conflict' | 'own_request';
  done: boolean;
  late: boolean;
  /**
   * 已经约了或谈了的那一次
   */
  talk?: string;
  state?: 'asked' | 'scheduled' | 'done' | 'dropped' | 'missed';
  /**
   * 本人说这天谈过了，等书记确认
   */
  claimed?: string;
}
export interface TalkCounts {
  quarter: string;
  total: {
    area: string;
    name: string;
    /**
     * 应谈人数
     */
    workers: number;
    done: number;
    left: number;
    /**
     * 走访慰问次数
     */
    careVisits: number;
  };
  parts: {
    area: string;
    name: string;
    /**
     * 应谈人数
     */
    workers: number;
    done: number;
    left: number;
    /**
     * 走访慰问次数
     */
    careVisits: number;
  }[];
}
export interface Difficulty {
  id: string;
  state: 'open' | 'solving' | 'solved' | 'dropped';
  stateWord: string;
  community: string;
  kind: 'pay' | 'post' | 'workload' | 'health' | 'housing' | 'schooling' | 'care' | 'other';
  kindWord: string;
  /**
   * 已经隐去姓名和电话
   */
  text: string;
  owner: {
    id: string;
    name: string;
  };
  deadline: string;
  late: boolean;
  extended: number;
  version: number;
  moves: string[];
}
export interface DifficultyCounts {
  area: string;
  /**
   * 少于5件的不显示
   */
  total: number | null;
  kinds: {
    kind: string;
    word: string;
    /**
     * 少于5件的不显示
     */
    all: number | null;
    /**
     * 少于5件的不显示
     */
    solved: number | null;
  }[];
}
export interface CareVisit {
  id: string;
  state: 'recorded' | 'void';
  stateWord: string;
  community: string;
  worker: {
    id: string;
    name: string;
  };
  by: {
    id: string;
    name: string;
  };
  day: string;
  kind: 'illness' | 'hardship' | 'bereavement' | 'festival' | 'retirement' | 'other';
  kindWord: string;
  version: number;
  moves: string[];
}
export interface Certificate {
  name: string;
  /**
   * @maxItems 40
   */
  aliases: string[];
  issuedBy: string;
  bring?: string;
  /**
   * 社区自己开
   */
  byCommunity: boolean;
  basis?: string;
  verified: boolean;
  /**
   * 适用省份
   */
  province: string;
  /**
   * 清单的出处
   */
  source: string;
  /**
   * 清单的名称
   */
  title: string;
}
export interface CertificateList {
  code: string;
  version: number;
  title: string;
  source: string;
  province: string;
  provinceCode?: string;
  effectiveFrom: string;
  /**
   * @minItems 1
   * @maxItems 200
   */
  items: {
    name: string;
    /**
     * @maxItems 40
     */
    aliases: string[];
    issuedBy: string;
    bring?: string;
    byCommunity?: boolean;
    basis?: string;
    verified: boolean;
  }[];
}
